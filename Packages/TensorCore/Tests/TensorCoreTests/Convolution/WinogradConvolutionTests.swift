import TensorCore
import Testing

@Suite struct WinogradConvolutionTests {
  /// The largest error allowed, relative to the largest value.
  static let bound = 3e-5

  /// Sizes that are no multiples of 4, channels that are no multiples of a vector, maps smaller than a tile, runs of tiles over
  /// image borders, each padding, empty batches.
  static let table: [ConvolutionCase] = [
    ConvolutionCase(input: [1, 1, 3, 3], filters: 1, kernel: (3, 3)),
    ConvolutionCase(input: [0, 16, 8, 8], filters: 16, kernel: (3, 3), padding: (1, 1, 1, 1)),
    ConvolutionCase(input: [1, 16, 8, 8], filters: 16, kernel: (3, 3), padding: (1, 1, 1, 1)),
    ConvolutionCase(input: [2, 3, 6, 7], filters: 5, kernel: (3, 3), padding: (1, 1, 1, 1)),
    ConvolutionCase(input: [1, 1, 1, 1], filters: 2, kernel: (3, 3), padding: (1, 1, 1, 1)),
    ConvolutionCase(input: [3, 17, 5, 9], filters: 33, kernel: (3, 3), padding: (2, 0, 1, 2)),
    ConvolutionCase(input: [2, 35, 11, 6], filters: 18, kernel: (3, 3)),
    ConvolutionCase(input: [5, 32, 7, 7], filters: 48, kernel: (3, 3), padding: (2, 2, 2, 2)),
    ConvolutionCase(input: [1, 64, 13, 14], filters: 40, kernel: (3, 3), padding: (0, 2, 2, 0)),
    ConvolutionCase(input: [9, 24, 14, 14], filters: 64, kernel: (3, 3), padding: (1, 1, 1, 1)),
    ConvolutionCase(input: [3, 16, 13, 22], filters: 16, kernel: (3, 3), padding: (1, 1, 1, 1)),
    ConvolutionCase(input: [2, 16, 21, 30], filters: 7, kernel: (3, 3), padding: (1, 2, 0, 1)),
    ConvolutionCase(input: [1, 260, 6, 6], filters: 31, kernel: (3, 3), padding: (1, 1, 1, 1)),
    // Larger kernels, as sums of 3×3.
    ConvolutionCase(input: [2, 16, 9, 10], filters: 32, kernel: (5, 5), padding: (2, 2, 2, 2)),
    ConvolutionCase(input: [3, 32, 27, 5], filters: 16, kernel: (5, 5), padding: (4, 0, 0, 3)),
    ConvolutionCase(input: [1, 48, 8, 11], filters: 16, kernel: (7, 4), padding: (3, 6, 1, 2)),
    ConvolutionCase(input: [2, 16, 7, 6], filters: 16, kernel: (3, 6)),
    ConvolutionCase(input: [1, 160, 6, 5], filters: 192, kernel: (5, 5), padding: (2, 2, 2, 2)),
    // Several blocks and runs of tiles; sums too large for runs, in one stage and in two.
    ConvolutionCase(input: [200, 20, 2, 1], filters: 9, kernel: (3, 3), padding: (1, 1, 1, 1)),
    ConvolutionCase(input: [3, 150, 9, 6], filters: 120, kernel: (3, 3), padding: (1, 1, 1, 1)),
    ConvolutionCase(input: [140, 150, 1, 1], filters: 120, kernel: (3, 3), padding: (1, 1, 1, 1)),
    // Filters that take turns.
    ConvolutionCase(input: [2, 70, 5, 6], filters: 150, kernel: (3, 3), padding: (1, 1, 1, 1)),
    // Weights too large to be kept transformed; in two stages.
    ConvolutionCase(input: [1, 352, 3, 5], filters: 340, kernel: (3, 3), padding: (1, 2, 1, 0)),
    ConvolutionCase(input: [129, 342, 1, 1], filters: 341, kernel: (3, 3), padding: (1, 1, 1, 1)),
  ]

  /// What every pass gives, after checking it against plain loops in Float64.
  static func check(_ expected: Conv2dTests.Expected, _ note: String = "") throws -> [[Float]] {
    let test = expected.test
    let shapes = try ConvolutionShapes(
      input: Shape(test.input), weight: Shape(test.weight), geometry: test.geometry)
    let winograd = try #require(WinogradConvolution(forced: shapes))
    let weight = floats(expected.weight), input = channelsLast(expected.input, test.input)

    let packed = winograd.pack(weight)
    var output = [Float](repeating: .nan, count: expected.output.count)
    winograd.forward(
      input, packed: packed.start, epilogue: ConvolutionEpilogue(), result: &output)
    #expect(error(output, channelsLast(expected.plainOutput, test.output)) < bound, "\(test) \(note)")

    let flipped = winograd.packForInputGradient(weight)
    var inputGradient = [Float](repeating: .nan, count: input.count)
    winograd.inputGradient(
      channelsLast(expected.gradient, test.output), packed: flipped.start, result: &inputGradient)
    #expect(error(inputGradient, channelsLast(expected.inputGradient, test.input)) < bound, "\(test) \(note)")

    var weightGradient = [Float](repeating: .nan, count: weight.count)
    winograd.weightGradient(channelsLast(expected.gradient, test.output), input: input, result: &weightGradient)
    #expect(error(weightGradient, floats(expected.weightGradient)) < bound, "\(test) \(note)")
    return [output, inputGradient, weightGradient]
  }

  @Test(arguments: table)
  func agreesWithPlainLoops(_ test: ConvolutionCase) throws {
    _ = try Self.check(Conv2dTests.Expected(test))
  }

  /// In a process of its own, since forms, threads and poison are the whole process's.
  @Test func everyFormGivesTheSameBitsWithAnyThreadCount() async {
    await #expect(processExitsWith: .success) {
      BlockPool.poisonsBlocks = true
      for test in Self.table {
        let expected = Conv2dTests.Expected(test)
        for form in KernelForm.allCases where form.isSupported {
          KernelForm.active = form
          var results: [[[Float]]] = []
          for threads in 1...3 {
            ThreadPool.threadCount = threads
            results.append(try Self.check(expected, "\(form)"))
          }
          #expect(results.allSatisfy { $0 == results[0] }, "\(form), \(test)")
        }
      }
    }
  }

  /// clamp(conv + bias + addend), each part alone and all together; a NaN stays one. In a process of its own, as above.
  @Test func epilogue() async {
    await #expect(processExitsWith: .success) {
      for (channels, filters) in [(7, 9), (32, 33), (352, 340)] {
        let test = ConvolutionCase(
          input: [1, channels, 3, 5], filters: filters, kernel: (3, 3), padding: (1, 1, 1, 1))
        let expected = Conv2dTests.Expected(test)
        for form in KernelForm.allCases where form.isSupported {
          KernelForm.active = form
          for parts in 0..<8 { try Self.checkEpilogue(expected, parts, "\(form)") }
        }
      }
    }
  }

  /// `parts`: bias 1, addend 2, bounds 4.
  static func checkEpilogue(_ expected: Conv2dTests.Expected, _ parts: Int, _ note: String) throws {
    let test = expected.test, hasBounds = parts & 4 != 0
    let bias = parts & 1 != 0 ? floats(expected.bias) : [Float](repeating: 0, count: test.filters)
    var addend = [Float](repeating: 0, count: expected.output.count)
    if parts & 2 != 0 {
      addend = floats(expected.gradient)
      addend[5] = .nan
    }
    let output = try addend.withUnsafeBufferPointer { addend in
      try bias.withUnsafeBufferPointer { bias in
        try forward(
          expected,
          ConvolutionEpilogue(
            bias: parts & 1 == 0 ? nil : bias.baseAddress, addend: parts & 2 == 0 ? nil : addend.baseAddress,
            lower: hasBounds ? -0.5 : -.infinity, upper: hasBounds ? 1.5 : .infinity))
      }
    }
    let sums = channelsLast(expected.plainOutput, test.output)
    for (index, got) in output.enumerated() {
      let sum = sums[index] + bias[index % test.filters] + addend[index]
      let wanted = hasBounds && !sum.isNaN ? min(max(sum, -0.5), 1.5) : sum
      #expect(got.isNaN == wanted.isNaN, "\(test) \(note) \(parts)")
      if !wanted.isNaN { #expect(abs(got - wanted) < 1e-4 * Float(test.filters), "\(test) \(note) \(parts)") }
    }
  }

  static func forward(_ expected: Conv2dTests.Expected, _ epilogue: ConvolutionEpilogue) throws -> [Float] {
    let test = expected.test
    let shapes = try ConvolutionShapes(input: Shape(test.input), weight: Shape(test.weight), geometry: test.geometry)
    let winograd = try #require(WinogradConvolution(forced: shapes))
    let packed = winograd.pack(floats(expected.weight))
    var output = [Float](repeating: 7, count: expected.output.count)
    winograd.forward(
      channelsLast(expected.input, test.input), packed: packed.start, epilogue: epilogue, result: &output)
    return output
  }

  @Test func appliesWhereItPays() throws {
    func winograd(_ input: Shape, _ filters: Int, _ geometry: ConvolutionGeometry) throws -> WinogradConvolution? {
      let kernel = geometry.kernel
      let weight: Shape = [filters, input[1] / geometry.groups, kernel.height, kernel.width]
      return WinogradConvolution(try ConvolutionShapes(input: input, weight: weight, geometry: geometry))
    }
    let usual = ConvolutionGeometry(kernel: 3, padding: 1)
    #expect(try winograd([8, 64, 56, 56], 64, usual) != nil)
    #expect(try winograd([8, 512, 14, 14], 512, usual) != nil)
    #expect(try winograd([128, 16, 32, 32], 16, usual) != nil)
    // Few channels leave the transforms without use; a single tile does not pay for transforming weights.
    #expect(try winograd([8, 3, 224, 224], 64, usual) == nil)
    #expect(try winograd([1, 512, 14, 14], 512, usual) != nil)
    #expect(try winograd([1, 512, 3, 3], 512, usual) == nil)
    #expect(try winograd([0, 64, 56, 56], 64, usual) == nil)
    #expect(try winograd([8, 64, 56, 56], 64, ConvolutionGeometry(kernel: 3, stride: 2, padding: 1)) == nil)
    #expect(try winograd([8, 64, 56, 56], 64, ConvolutionGeometry(kernel: 3, padding: 2, dilation: 2)) == nil)
    #expect(try winograd([8, 64, 56, 56], 64, ConvolutionGeometry(kernel: 3, padding: 3)) == nil)
    #expect(try winograd([8, 64, 56, 56], 64, ConvolutionGeometry(kernel: 5, padding: 2)) != nil)
    #expect(try winograd([8, 64, 56, 56], 64, ConvolutionGeometry(kernel: 5, padding: 5)) == nil)
    #expect(try winograd([8, 64, 56, 56], 72, ConvolutionGeometry(kernel: 5, padding: 2)) == nil)
    #expect(try winograd([8, 64, 56, 56], 64, ConvolutionGeometry(kernel: 9, padding: 4)) == nil)
    #expect(try winograd([8, 64, 56, 56], 64, ConvolutionGeometry(kernel: 3, padding: 1, groups: 2)) == nil)
  }

  @Test func strictnessForbidsIt() async throws {
    #expect(try ConvolutionAlgorithms.requestedStrictness(in: [:]) == nil)
    #expect(try ConvolutionAlgorithms.requestedStrictness(in: ["NEEDLETAIL_STRICT": "1"]) == true)
    #expect(try ConvolutionAlgorithms.requestedStrictness(in: ["NEEDLETAIL_STRICT": "0"]) == false)
    #expect(throws: EnvironmentError.self) {
      try ConvolutionAlgorithms.requestedStrictness(in: ["NEEDLETAIL_STRICT": "yes"])
    }
    await #expect(processExitsWith: .success) {
      let shapes = try ConvolutionShapes(
        input: [8, 64, 56, 56], weight: [64, 64, 3, 3], geometry: ConvolutionGeometry(kernel: 3, padding: 1))
      #expect(WinogradConvolution(shapes) != nil)
      ConvolutionAlgorithms.forbidsExtraRounding = true
      #expect(WinogradConvolution(shapes) == nil)
    }
  }
}

private func floats(_ numbers: [Double]) -> [Float] { numbers.map { Float($0) } }

/// Elements of `[N, C, H, W]` in the order of `[N, H, W, C]`.
private func channelsLast(_ elements: [Double], _ shape: [Int]) -> [Float] {
  let (channels, plane) = (shape[1], shape[2] * shape[3])
  return elements.indices.map { index in
    let (image, place, channel) = (index / channels / plane, index / channels % plane, index % channels)
    return Float(elements[(image * channels + channel) * plane + place])
  }
}

/// The largest distance, relative to the largest of the expected values (at least 1); infinite for a NaN.
private func error(_ got: [Float], _ expected: [Float]) -> Double {
  let scale = expected.reduce(1) { max($0, Swift.abs($1)) }
  return zip(got, expected).reduce(0) { worst, pair in
    let distance = Double(Swift.abs(pair.0 - pair.1) / scale)
    return distance.isNaN ? .infinity : max(worst, distance)
  }
}
