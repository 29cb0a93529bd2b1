import TensorCore
import Testing

@Suite struct Conv2dTests {
  /// A case with its numbers and what each pass must make of them.
  struct Expected {
    let test: ConvolutionCase
    let input, weight, bias, gradient: [Double]
    let output, plainOutput, inputGradient, weightGradient, biasGradient: [Double]

    init(_ test: ConvolutionCase) {
      var numbers = TestNumbers(seed: 7)
      self.test = test
      (input, weight) = (numbers.values(test.input), numbers.values(test.weight))
      (bias, gradient) = (numbers.values([test.filters]), numbers.values(test.output))
      output = test.forward(input, weight, bias)
      plainOutput = test.forward(input, weight, nil)
      inputGradient = test.inputGradient(gradient, weight)
      weightGradient = test.weightGradient(gradient, input)
      biasGradient = test.biasGradient(gradient)
    }

    /// Checks the passes and returns their results.
    @discardableResult
    func check<Scalar: FloatingScalar>(_: Scalar.Type, _ note: String = "") -> [[Scalar]] {
      // Rounding of a sum of at most some ten thousand terms.
      let bound = Scalar.self == Float.self ? 3e-5 : 1e-13
      let x = Tensor<Scalar>(numbers: input, shape: test.input), w = Tensor<Scalar>(numbers: weight, shape: test.weight)
      let b = Tensor<Scalar>(numbers: bias, shape: [test.filters])
      let g = Tensor<Scalar>(numbers: gradient, shape: test.output)

      let y = x.conv2d(w, bias: b, geometry: test.geometry)
      #expect(y.shape == Shape(test.output))
      #expect(y.error(from: output) < bound, "\(test) \(note)")
      let plain = x.conv2d(w, geometry: test.geometry)
      #expect(plain.error(from: plainOutput) < bound, "\(test), no bias \(note)")

      let dx = g.conv2dInputGradient(weight: w, inputShape: x.shape, geometry: test.geometry)
      #expect(dx.shape == x.shape)
      #expect(dx.error(from: inputGradient) < bound, "\(test) \(note)")

      for start in [x, x.channelsLast()] {
        var alone = start * 1, shared = start
        alone.addConv2dInputGradient(of: g, weight: w, geometry: test.geometry)
        shared.addConv2dInputGradient(of: g, weight: w, geometry: test.geometry)
        #expect(alone.scalars == (x + dx).scalars, "\(test) \(note)")
        #expect(shared.scalars == alone.scalars)
        #expect(start.scalars == x.scalars)
      }

      let (dw, db) = g.conv2dParameterGradients(input: x, weightShape: w.shape, geometry: test.geometry)
      #expect(dw.shape == w.shape)
      #expect(dw.error(from: weightGradient) < bound, "\(test) \(note)")
      #expect(db.shape == b.shape)
      #expect(db.error(from: biasGradient) < bound, "\(test) \(note)")
      let alone = g.conv2dWeightGradient(input: x, weightShape: w.shape, geometry: test.geometry)
      #expect(alone.scalars == dw.scalars)
      return [y.scalars, plain.scalars, dx.scalars, dw.scalars, db.scalars]
    }
  }

  @Test(arguments: ConvolutionCase.table)
  func agreesWithPlainLoops(_ test: ConvolutionCase) {
    let expected = Expected(test)
    expected.check(Float.self)
    expected.check(Double.self)
  }

  /// In a process of its own, since forms, threads and poison are the whole process's.
  @Test func everyFormGivesTheSameBitsWithAnyThreadCount() async {
    await #expect(processExitsWith: .success) {
      BlockPool.poisonsBlocks = true
      for test in ConvolutionCase.table {
        let expected = Expected(test)
        for form in KernelForm.allCases where form.isSupported {
          KernelForm.active = form
          var floats: [[[Float]]] = [], doubles: [[[Double]]] = []
          for threads in 1...3 {
            ThreadPool.threadCount = threads
            floats.append(expected.check(Float.self, "\(form)"))
            doubles.append(expected.check(Double.self, "\(form)"))
          }
          #expect(floats.allSatisfy { $0 == floats[0] }, "\(form), \(test)")
          #expect(doubles.allSatisfy { $0 == doubles[0] }, "\(form), \(test)")
        }
      }
    }
  }

  /// <conv(x), g> = <x, inputGradient(g)> = <w, weightGradient(g)>: the gradients are the adjoints of a bilinear map.
  @Test(arguments: ConvolutionCase.table)
  func gradientsAreAdjoint(_ test: ConvolutionCase) {
    var numbers = TestNumbers(seed: 11)
    let x = Tensor<Double>(numbers: numbers.values(test.input), shape: test.input)
    let w = Tensor<Double>(numbers: numbers.values(test.weight), shape: test.weight)
    let g = Tensor<Double>(numbers: numbers.values(test.output), shape: test.output)
    func dot(_ a: Tensor<Double>, _ b: Tensor<Double>) -> Double {
      zip(a.scalars, b.scalars).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let product = dot(x.conv2d(w, geometry: test.geometry), g)
    let byInput = dot(x, g.conv2dInputGradient(weight: w, inputShape: x.shape, geometry: test.geometry))
    let byWeight = dot(w, g.conv2dWeightGradient(input: x, weightShape: w.shape, geometry: test.geometry))
    let scale = max(abs(product), 1)
    #expect(abs(product - byInput) / scale < 1e-11)
    #expect(abs(product - byWeight) / scale < 1e-11)
  }

  /// The binary image with which the lectures introduce the operation.
  @Test func validCrossCorrelationByHand() {
    let image: [Double] = [
      1, 1, 1, 0, 0,
      0, 1, 1, 1, 0,
      0, 0, 1, 1, 1,
      0, 0, 1, 1, 0,
      0, 1, 1, 0, 0,
    ]
    let x = Tensor<Float>(numbers: image, shape: [1, 1, 5, 5])
    let w = Tensor<Float>(numbers: [1, 0, 1, 0, 1, 0, 1, 0, 1], shape: [1, 1, 3, 3])
    let output = x.conv2d(w, geometry: ConvolutionGeometry(kernel: 3))
    #expect(output.shape == [1, 1, 3, 3])
    #expect(output.scalars == [4, 3, 4, 2, 4, 3, 2, 3, 4])
  }

  /// Ten 5×5 filters on 32×32×3 with padding 2 keep the size and have (5·5·3 + 1)·10 = 760 parameters.
  @Test func exampleLayer() throws {
    let weight: Shape = [10, 3, 5, 5], bias: Shape = [10]
    #expect(weight.count + bias.count == 760)
    let geometry = ConvolutionGeometry(kernel: 5, padding: 2)
    #expect(try geometry.outputShape(input: [1, 3, 32, 32], weight: weight) == [1, 10, 32, 32])
    // 3×32×32, six 5×5 filters, then ten: 6×28×28, then 10×24×24.
    let valid = ConvolutionGeometry(kernel: 5)
    let first = try valid.outputShape(input: [1, 3, 32, 32], weight: [6, 3, 5, 5])
    #expect(first == [1, 6, 28, 28])
    #expect(try valid.outputShape(input: first, weight: [10, 6, 5, 5]) == [1, 10, 24, 24])
  }

  @Test func notANumberReachesOnlyWhatReadsIt() {
    var values = [Double](repeating: 1, count: 25)
    values[0] = .nan
    let x = Tensor<Float>(numbers: values, shape: [1, 1, 5, 5])
    let w = Tensor<Float>(numbers: [1, 1, 1, 1], shape: [1, 1, 2, 2])
    let output = x.conv2d(w, geometry: ConvolutionGeometry(kernel: 2)).scalars
    #expect(output[0].isNaN)
    #expect(output.dropFirst().allSatisfy { $0 == 4 })
  }
}
