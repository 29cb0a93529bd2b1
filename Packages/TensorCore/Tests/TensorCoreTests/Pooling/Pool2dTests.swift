import TensorCore
import Testing

@Suite struct Pool2dTests {
  /// Checks all four functions of a case against the plain loops; returns their results.
  @discardableResult
  static func check<Scalar: FloatingScalar>(_ test: PoolingCase, _: Scalar.Type) -> [Tensor<Scalar>] {
    let bound = Scalar.self == Float.self ? 1e-6 : 1e-15
    var numbers = TestNumbers(seed: 3)
    // Few different values, so that ties are common.
    let values = numbers.values(test.input).map { ($0 * 8).rounded() / 8 }
    let gradient = numbers.values(test.output)
    let x = Tensor<Scalar>(numbers: values, shape: test.input)
    let g = Tensor<Scalar>(numbers: gradient, shape: test.output)

    let (largest, choices) = x.maxPool2d(test.geometry)
    let indices = test.maximumIndices(values)
    #expect(largest.shape == Shape(test.output))
    #expect(largest.error(from: indices.map { values[$0] }) == 0, "\(test)")
    let plane = test.input[2] * test.input[3]
    #expect(choices.indices.scalars == indices.map { Int64($0 % plane) }, "\(test)")
    let routed = g.maxPool2dGradient(choices)
    #expect(routed.error(from: test.maximumGradient(gradient, values)) < bound, "\(test)")

    var results = [largest, routed]
    for countingPadding in [true, false] {
      let mean = x.averagePool2d(test.geometry, countingPadding: countingPadding)
      #expect(mean.shape == Shape(test.output))
      #expect(mean.error(from: test.average(values, countingPadding: countingPadding)) < bound, "\(test)")
      let spread = g.averagePool2dGradient(
        inputShape: x.shape, geometry: test.geometry, countingPadding: countingPadding)
      #expect(spread.error(from: test.averageGradient(gradient, countingPadding: countingPadding)) < bound, "\(test)")
      results += [mean, spread]
    }
    return results
  }

  @Test(arguments: PoolingCase.table)
  func agreesWithPlainLoops(_ test: PoolingCase) {
    Self.check(test, Float.self)
    Self.check(test, Double.self)
  }

  /// In a process of its own, since forms, threads and poison are the whole process's.
  @Test func everyFormGivesTheSameBitsWithAnyThreadCount() async {
    await #expect(processExitsWith: .success) {
      BlockPool.poisonsBlocks = true
      for form in KernelForm.allCases where form.isSupported {
        KernelForm.active = form
        for test in PoolingCase.table {
          let passes = (1...3).map { threads in
            ThreadPool.threadCount = threads
            let (float, double) = (Pool2dTests.check(test, Float.self), Pool2dTests.check(test, Double.self))
            return (float.map(\.scalars), double.map(\.scalars))
          }
          #expect(passes.allSatisfy { $0 == passes[0] }, "\(form), \(test)")
        }
      }
    }
  }

  /// Equal elements: the first of the window, row by row, gets the whole gradient.
  @Test(arguments: [2, 8, 16, 34])
  func firstOfEqualElementsWins(width: Int) {
    let x = Tensor<Float>(numbers: [Double](repeating: 5, count: 2 * width), shape: [1, 1, 2, width])
    let (output, choices) = x.maxPool2d(PoolingGeometry(kernel: 2))
    #expect(output.scalars == [Float](repeating: 5, count: width / 2))
    let g = Tensor<Float>(numbers: (1...width / 2).map(Double.init), shape: [1, 1, 1, width / 2])
    let expected = (0..<2 * width).map { $0 < width && $0 % 2 == 0 ? Float($0 / 2 + 1) : 0 }
    #expect(g.maxPool2dGradient(choices).scalars == expected)
  }

  /// Every place in a window, alone and after a larger element, in the scalar and in the vector loops.
  @Test(arguments: [2, 8, 16, 32])
  func notANumberPassesThrough(width: Int) {
    for place in 0..<4 {
      var values = [Double](repeating: 7, count: 2 * width)
      values[place / 2 * width + place % 2] = .nan
      let x = Tensor<Float>(numbers: values, shape: [1, 1, 2, width])
      let (output, choices) = x.maxPool2d(PoolingGeometry(kernel: 2))
      #expect(output.scalars[0].isNaN)
      #expect(output.scalars.dropFirst().allSatisfy { $0 == 7 })
      #expect(choices.indices.scalars[0] == Int64(place / 2 * width + place % 2))
    }
  }

  @Test func minusInfinityIsAMaximumOfItself() {
    let x = Tensor<Double>(numbers: [Double](repeating: -.infinity, count: 16), shape: [1, 1, 2, 8])
    let padded = PoolingGeometry(kernel: 3, stride: 1, padding: 1)
    #expect(x.maxPool2d(PoolingGeometry(kernel: 2)).output.scalars.allSatisfy { $0 == -.infinity })
    #expect(x.maxPool2d(padded).output.scalars.allSatisfy { $0 == -.infinity })
  }

  /// A window of 400 elements: more than a byte counts.
  @Test func largeWindow() {
    var values = [Double](repeating: 0, count: 400)
    values[399] = 1
    let x = Tensor<Float>(numbers: values, shape: [1, 1, 20, 20])
    let (output, choices) = x.maxPool2d(PoolingGeometry(kernel: 20))
    #expect(output.scalars == [1])
    #expect(choices.indices.scalars == [399])
    let gradient = Tensor<Float>(numbers: [3], shape: [1, 1, 1, 1]).maxPool2dGradient(choices)
    #expect(gradient.scalars == values.map { Float(3 * $0) })
  }
}
