import TensorCore
import Testing

@Suite struct ChannelsLastConvolutionTests {
  /// A case's numbers in channels-last order, and what each pass must make of them.
  struct Expected {
    let test: ConvolutionCase
    let input, weight, bias, addend, gradient: [Float]
    let output, finished, inputGradient, weightGradient: [Double]

    init(_ test: ConvolutionCase) {
      var numbers = TestNumbers(seed: 7)
      self.test = test
      let x = numbers.values(test.input), w = numbers.values(test.weight), b = numbers.values([test.filters])
      let g = numbers.values(test.output), added = numbers.values(test.output)
      (input, gradient) = (channelsLast(x, test.input).map(Float.init), channelsLast(g, test.output).map(Float.init))
      (weight, bias) = (w.map(Float.init), b.map(Float.init))
      addend = channelsLast(added, test.output).map(Float.init)
      output = channelsLast(test.forward(x, w, nil), test.output)
      let sums = zip(test.forward(x, w, b), added).map { min(max($0 + $1, -0.5), 0.75) }
      finished = channelsLast(sums, test.output)
      inputGradient = channelsLast(test.inputGradient(g, w), test.input)
      weightGradient = test.weightGradient(g, x)
    }

    /// The results of all passes, by name, beside what they must be.
    func passes(_ convolution: ChannelsLastConvolution) -> [(name: String, got: [Float], expected: [Double])] {
      let packed = convolution.pack(weight), packedBack = convolution.packForInputGradient(weight)
      let plain = Storage<Float>(count: output.count), full = Storage<Float>(count: output.count)
      let back = Storage<Float>(count: input.count), sums = Storage<Float>(count: weight.count)
      convolution.forward(input, packed: packed.start, epilogue: ConvolutionEpilogue(), result: plain.start)
      bias.withUnsafeBufferPointer { bias in
        addend.withUnsafeBufferPointer { addend in
          var epilogue = ConvolutionEpilogue()
          (epilogue.bias, epilogue.addend) = (bias.baseAddress, addend.baseAddress)
          (epilogue.lower, epilogue.upper) = (-0.5, 0.75)
          convolution.forward(input, packed: packed.start, epilogue: epilogue, result: full.start)
        }
      }
      convolution.inputGradient(gradient, packed: packedBack.start, result: back.start)
      convolution.weightGradient(gradient, input: input, result: sums.start)
      withExtendedLifetime((packed, packedBack)) {}
      return [
        ("forward", plain.array, output), ("epilogue", full.array, finished),
        ("input gradient", back.array, inputGradient), ("weight gradient", sums.array, weightGradient),
      ]
    }
  }

  static let cases = ConvolutionCase.table + ConvolutionCase.channelsLast

  /// In each form, over memory that holds NaN where nothing was written, and to the bit the same for any thread count.
  @Test(arguments: cases)
  func agreesWithPlainLoops(_ test: ConvolutionCase) throws {
    let shapes = try ConvolutionShapes(
      input: Shape(test.input), weight: Shape(test.weight), geometry: test.geometry)
    guard ChannelsLastConvolution(shapes) != nil else { return }
    let expected = Expected(test)
    try withEachForm { form in
      let convolution = try #require(ChannelsLastConvolution(shapes))
      let results = withEachThreadCount {
        let passes = expected.passes(convolution)
        for pass in passes {
          #expect(largestError(pass.got, pass.expected) < 3e-5, "\(pass.name), \(form), \(test)")
        }
        return passes.map(\.got)
      }
      #expect(results.allSatisfy { $0 == results[0] }, "\(form), \(test)")
    }
  }

  /// Empty maps, depthwise and other thin groups go another way; all else goes this one.
  @Test func declinesWhatItDoesNotServe() throws {
    let declined = try Self.cases.filter { test in
      let shapes = try ConvolutionShapes(
        input: Shape(test.input), weight: Shape(test.weight), geometry: test.geometry)
      return ChannelsLastConvolution(shapes) == nil
    }
    #expect(declined.count == 6)
    #expect(declined.allSatisfy { $0.input.contains(0) || $0.filters / $0.groups < 4 || $0.weight[1] < 4 })
  }

  /// A NaN comes through the bounds of the epilogue, and reaches only what reads it.
  @Test func keepsNotANumber() throws {
    let shapes = try ConvolutionShapes(
      input: [1, 4, 2, 2], weight: [20, 4, 1, 1], geometry: ConvolutionGeometry(kernel: 1))
    var input = [Float](repeating: 1, count: 16)
    input[5] = .nan
    let weight = [Float](repeating: 1, count: 80)
    try withEachForm { form in
      let convolution = try #require(ChannelsLastConvolution(shapes))
      var epilogue = ConvolutionEpilogue()
      (epilogue.lower, epilogue.upper) = (0, 3)
      let packed = convolution.pack(weight), result = Storage<Float>(count: 80)
      convolution.forward(input, packed: packed.start, epilogue: epilogue, result: result.start)
      let values = result.array
      #expect(values[20..<40].allSatisfy { $0.isNaN }, "\(form)")
      #expect((values[..<20] + values[40...]).allSatisfy { $0 == 3 }, "\(form)")
    }
  }
}

/// `[N, C, H, W]` as `[N, H, W, C]`.
private func channelsLast(_ values: [Double], _ shape: [Int]) -> [Double] {
  let (channels, plane) = (shape[1], shape[2] * shape[3])
  var result = [Double](repeating: 0, count: values.count)
  for (index, value) in values.enumerated() {
    let image = index / (channels * plane), channel = index / plane % channels
    result[(image * plane + index % plane) * channels + channel] = value
  }
  return result
}

/// The largest distance, relative to the largest expected number (at least 1); infinite for a NaN.
private func largestError(_ got: [Float], _ expected: [Double]) -> Double {
  let scale = expected.reduce(1) { max($0, abs($1)) }
  return zip(got, expected).reduce(0) { worst, pair in
    let distance = abs(Double(pair.0) - pair.1) / scale
    return distance.isNaN ? .infinity : max(worst, distance)
  }
}

extension Storage<Float> {
  fileprivate var array: [Float] {
    withExtendedLifetime(self) { Array(UnsafeBufferPointer(start: start, count: count)) }
  }
}
