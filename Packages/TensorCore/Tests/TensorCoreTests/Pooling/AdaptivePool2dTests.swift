import TensorCore
import Testing

@Suite struct AdaptivePool2dTests {
  /// For each window in order the flat indices of its elements, by the definition in real numbers.
  static func windows(_ input: [Int], _ size: (height: Int, width: Int)) -> [[Int]] {
    func bounds(_ i: Int, _ length: Int, _ count: Int) -> Range<Int> {
      let start = (Double(i) * Double(length) / Double(count)).rounded(.down)
      let end = (Double(i + 1) * Double(length) / Double(count)).rounded(.up)
      return Int(start)..<Int(end)
    }
    var windows: [[Int]] = []
    for plane in 0..<input[0] * input[1] {
      for y in 0..<size.height {
        for x in 0..<size.width {
          windows.append(
            bounds(y, input[2], size.height).flatMap { i in
              bounds(x, input[3], size.width).map { (plane * input[2] + i) * input[3] + $0 }
            })
        }
      }
    }
    return windows
  }

  static let cases: [(input: [Int], size: (height: Int, width: Int))] = [
    ([1, 1, 1, 1], (1, 1)), ([0, 3, 4, 4], (2, 2)), ([2, 3, 7, 7], (1, 1)), ([2, 2, 13, 13], (6, 6)),
    ([1, 3, 7, 5], (3, 2)), ([1, 2, 2, 3], (7, 7)), ([2, 1, 10, 40], (1, 2)), ([3, 1, 3, 65], (2, 1)),
    ([1, 2, 9, 9], (9, 9)), ([1, 40, 33, 35], (1, 1)), ([5, 2, 5, 17], (4, 1)),
  ]

  @discardableResult
  static func check<Scalar: FloatingScalar>(
    _ input: [Int], _ size: (height: Int, width: Int), _: Scalar.Type
  ) -> [[Scalar]] {
    let bound = Scalar.self == Float.self ? 2e-6 : 1e-14
    var numbers = TestNumbers(seed: 5)
    let windows = windows(input, size), output = [input[0], input[1], size.height, size.width]
    // Few different values, so that ties are common.
    let values = numbers.values(input).map { ($0 * 8).rounded() / 8 }
    let gradient = numbers.values(output)
    let x = Tensor<Scalar>(numbers: values, shape: input), g = Tensor<Scalar>(numbers: gradient, shape: output)
    let target = PlaneSize(height: size.height, width: size.width)

    let mean = x.adaptiveAveragePool2d(to: target)
    #expect(mean.shape == Shape(output))
    #expect(mean.error(from: windows.map { $0.reduce(0) { $0 + values[$1] } / Double($0.count) }) < bound)
    var spread = [Double](repeating: 0, count: values.count)
    for (window, share) in zip(windows, gradient) {
      for element in window { spread[element] += share / Double(window.count) }
    }
    let meanGradient = g.adaptiveAveragePool2dGradient(inputShape: x.shape)
    #expect(meanGradient.error(from: spread) < bound)

    let places = windows.map { window in window.reduce(window[0]) { values[$1] > values[$0] ? $1 : $0 } }
    let (largest, indices) = x.adaptiveMaxPool2d(to: target)
    #expect(largest.error(from: places.map { values[$0] }) == 0)
    #expect(indices.scalars == places.map { Int64($0 % (input[2] * input[3])) })
    var routed = [Double](repeating: 0, count: values.count)
    for (place, share) in zip(places, gradient) { routed[place] += share }
    let maxGradient = g.adaptiveMaxPool2dGradient(indices: indices, inputShape: x.shape)
    #expect(maxGradient.error(from: routed) < bound)
    return [mean.scalars, meanGradient.scalars, largest.scalars, maxGradient.scalars]
  }

  @Test(arguments: cases.indices) func agreesWithPlainLoops(index: Int) {
    let (input, size) = Self.cases[index]
    Self.check(input, size, Float.self)
    Self.check(input, size, Double.self)
  }

  /// In a process of its own, since forms, threads and poison are the whole process's.
  @Test func everyFormGivesTheSameBitsWithAnyThreadCount() async {
    await #expect(processExitsWith: .success) {
      withEachForm { form in
        for (input, size) in AdaptivePool2dTests.cases {
          let floats = withEachThreadCount { AdaptivePool2dTests.check(input, size, Float.self) }
          let doubles = withEachThreadCount { AdaptivePool2dTests.check(input, size, Double.self) }
          #expect(floats.allSatisfy { $0 == floats[0] } && doubles.allSatisfy { $0 == doubles[0] }, "\(form)")
        }
      }
    }
  }

  /// Five elements into three windows: 0..<2, 1..<4, 3..<5.
  @Test func windowsByHand() {
    let x = Tensor<Double>([1, 2, 4, 8, 16], shape: [1, 1, 1, 5])
    let three = PlaneSize(height: 1, width: 3)
    #expect(x.adaptiveAveragePool2d(to: three).scalars == [1.5, 14.0 / 3, 12])
    #expect(x.adaptiveMaxPool2d(to: three).output.scalars == [2, 8, 16])
    // Enlarging: two elements into three windows, the middle one over both.
    let y = Tensor<Double>([2, 6], shape: [1, 1, 1, 2])
    #expect(y.adaptiveAveragePool2d(to: three).scalars == [2, 4, 6])
  }

  @Test func notANumberPassesThrough() {
    let x = Tensor<Float>([1, .nan, 3, 4], shape: [1, 1, 2, 2])
    #expect(x.adaptiveMaxPool2d(to: 1).output.scalar.isNaN)
    #expect(x.adaptiveAveragePool2d(to: 1).scalar.isNaN)
  }

  @Test func wrongShapesStop() async {
    let empty = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([1, 1, 0, 4]).adaptiveAveragePool2d(to: 1)
    }
    #expect(
      empty.says(
        "[adaptive average pooling] the input must be [N, C, H, W] with H and W at least 1, it is [1, 1, 0, 4]"))
    let nothing = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([1, 1, 4, 4]).adaptiveMaxPool2d(to: 0)
    }
    #expect(nothing.says("[adaptive max pooling] the output must be at least 1 both ways, not 0×0"))
    let gradient = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([1, 2, 2, 2]).adaptiveAveragePool2dGradient(inputShape: [1, 1, 4, 4])
    }
    #expect(gradient.says("pooling of [1, 1, 4, 4] gives [1, 1, 2, 2], the gradient is [1, 2, 2, 2]"))
  }
}
