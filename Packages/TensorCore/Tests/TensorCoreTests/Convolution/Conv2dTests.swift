import TensorCore
import Testing

@Suite struct Conv2dTests {
  /// Rounding of a sum of at most a few thousand terms.
  static func bound<Scalar: FloatingScalar>(_: Scalar.Type) -> Double { Scalar.self == Float.self ? 2e-5 : 1e-13 }

  /// Checks the three passes of a case against the plain loops; returns their results.
  @discardableResult
  static func check<Scalar: FloatingScalar>(_ test: ConvolutionCase, _: Scalar.Type) -> [Tensor<Scalar>] {
    var numbers = TestNumbers(seed: 7)
    let (input, weight) = (numbers.values(test.input), numbers.values(test.weight))
    let (bias, gradient) = (numbers.values([test.filters]), numbers.values(test.output))
    let x = Tensor<Scalar>(numbers: input, shape: test.input), w = Tensor<Scalar>(numbers: weight, shape: test.weight)
    let b = Tensor<Scalar>(numbers: bias, shape: [test.filters])
    let g = Tensor<Scalar>(numbers: gradient, shape: test.output)

    let output = x.conv2d(w, bias: b, geometry: test.geometry)
    #expect(output.shape == Shape(test.output))
    #expect(output.error(from: test.forward(input, weight, bias)) < bound(Scalar.self), "\(test)")

    let plain = x.conv2d(w, geometry: test.geometry)
    #expect(plain.error(from: test.forward(input, weight, nil)) < bound(Scalar.self), "\(test), no bias")

    let inputGradient = g.conv2dInputGradient(weight: w, inputShape: x.shape, geometry: test.geometry)
    #expect(inputGradient.shape == x.shape)
    #expect(inputGradient.error(from: test.inputGradient(gradient, weight)) < bound(Scalar.self), "\(test)")

    let weightGradient = g.conv2dWeightGradient(input: x, weightShape: w.shape, geometry: test.geometry)
    #expect(weightGradient.shape == w.shape)
    #expect(weightGradient.error(from: test.weightGradient(gradient, input)) < bound(Scalar.self), "\(test)")
    return [output, inputGradient, weightGradient]
  }

  @Test(arguments: ConvolutionCase.table)
  func agreesWithPlainLoops(_ test: ConvolutionCase) {
    Self.check(test, Float.self)
    Self.check(test, Double.self)
  }

  /// In a process of its own, since forms, threads and poison are the whole process's.
  @Test func everyFormGivesTheSameBitsWithAnyThreadCount() async {
    await #expect(processExitsWith: .success) {
      BlockPool.poisonsBlocks = true
      for form in KernelForm.allCases where form.isSupported {
        KernelForm.active = form
        for test in ConvolutionCase.table {
          let passes = (1...3).map { threads in
            ThreadPool.threadCount = threads
            let (float, double) = (Conv2dTests.check(test, Float.self), Conv2dTests.check(test, Double.self))
            return (float.map(\.scalars), double.map(\.scalars))
          }
          #expect(passes.allSatisfy { $0 == passes[0] }, "\(form), \(test)")
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
