import TensorCore
import Testing

@Suite struct Resample2dTests {
  struct Case: Sendable {
    var input: [Int]
    var geometry: ResamplingGeometry
    /// The output's height and width, worked out by hand.
    var size: (height: Int, width: Int)
    /// The steps N/O by hand, where a scale makes them other than the sizes do.
    var steps: (down: Double, across: Double)?
  }

  static let interpolations: [ResamplingGeometry.Interpolation] = [
    .nearest, .bilinear(alignsCorners: false), .bilinear(alignsCorners: true),
  ]

  static let cases: [Case] = interpolations.flatMap { way -> [Case] in
    [
      Case(input: [2, 3, 4, 5], geometry: ResamplingGeometry(scale: 2, interpolation: way), size: (8, 10)),
      Case(
        input: [1, 2, 5, 7], geometry: ResamplingGeometry(scale: 1.5, interpolation: way), size: (7, 10),
        steps: (1 / 1.5, 1 / 1.5)),
      Case(
        input: [1, 2, 9, 8], geometry: ResamplingGeometry(heightScale: 0.5, widthScale: 0.25, interpolation: way),
        size: (4, 2), steps: (2, 4)),
      Case(
        input: [1, 1, 6, 5], geometry: ResamplingGeometry(size: PlaneSize(height: 4, width: 13), interpolation: way),
        size: (4, 13)),
      Case(input: [0, 2, 3, 3], geometry: ResamplingGeometry(size: 5, interpolation: way), size: (5, 5)),
      Case(input: [1, 1, 1, 1], geometry: ResamplingGeometry(size: 3, interpolation: way), size: (3, 3)),
      Case(input: [3, 1, 4, 3], geometry: ResamplingGeometry(size: 1, interpolation: way), size: (1, 1)),
      Case(input: [1, 30, 40, 41], geometry: ResamplingGeometry(size: 47, interpolation: way), size: (47, 47)),
    ]
  }

  /// The elements of an axis that place `i` is made of, with their weights, by the formulas.
  static func parts(
    _ i: Int, _ length: Int, _ count: Int, step: Double?, _ way: ResamplingGeometry.Interpolation
  ) -> [(Int, Double)] {
    let step = step ?? Double(length) / Double(count)
    switch way {
    case .nearest: return [(min(Int((Double(i) * step + 1e-9).rounded(.down)), length - 1), 1)]
    case .bilinear(let aligned):
      let even = count > 1 ? Double(length - 1) / Double(count - 1) : 0
      let place = aligned ? Double(i) * even : min(max((Double(i) + 0.5) * step - 0.5, 0), Double(length - 1))
      let low = min(Int(place), length - 1)
      return [(low, 1 - (place - Double(low))), (min(low + 1, length - 1), place - Double(low))]
    }
  }

  @discardableResult
  static func check<Scalar: FloatingScalar>(_ test: Case, _: Scalar.Type) -> [[Scalar]] {
    let bound = Scalar.self == Float.self ? 1e-6 : 1e-14
    let output = [test.input[0], test.input[1], test.size.height, test.size.width]
    var numbers = TestNumbers(seed: 6)
    let values = numbers.values(test.input), gradient = numbers.values(output)
    var expected: [Double] = [], routed = [Double](repeating: 0, count: values.count)
    let (height, width) = (test.input[2], test.input[3])
    for plane in 0..<output[0] * output[1] {
      for y in 0..<output[2] {
        let rows = parts(y, height, output[2], step: test.steps?.down, test.geometry.interpolation)
        for x in 0..<output[3] {
          let columns = parts(x, width, output[3], step: test.steps?.across, test.geometry.interpolation)
          var sum = 0.0
          for (i, down) in rows {
            for (j, across) in columns {
              let place = (plane * height + i) * width + j
              sum += down * across * values[place]
              routed[place] += down * across * gradient[expected.count]
            }
          }
          expected.append(sum)
        }
      }
    }
    let x = Tensor<Scalar>(numbers: values, shape: test.input), g = Tensor<Scalar>(numbers: gradient, shape: output)
    let y = x.resampled2d(test.geometry)
    #expect(y.shape == Shape(output))
    #expect(y.error(from: expected) < bound, "\(test)")
    let back = g.resampled2dGradient(inputShape: x.shape, geometry: test.geometry)
    #expect(back.error(from: routed) < bound, "\(test)")
    return [y.scalars, back.scalars]
  }

  @Test(arguments: cases.indices) func agreesWithPlainLoops(index: Int) {
    Self.check(Self.cases[index], Float.self)
    Self.check(Self.cases[index], Double.self)
  }

  /// In a process of its own, since forms, threads and poison are the whole process's.
  @Test func everyFormGivesTheSameBitsWithAnyThreadCount() async {
    await #expect(processExitsWith: .success) {
      withEachForm { form in
        for test in Resample2dTests.cases {
          let floats = withEachThreadCount { Resample2dTests.check(test, Float.self) }
          let doubles = withEachThreadCount { Resample2dTests.check(test, Double.self) }
          #expect(floats.allSatisfy { $0 == floats[0] } && doubles.allSatisfy { $0 == doubles[0] }, "\(form)")
        }
      }
    }
  }

  /// 0 and 4 doubled: their neighbours at a quarter of the way; with aligned corners at thirds.
  @Test func byHand() {
    let x = Tensor<Double>([0, 4], shape: [1, 1, 1, 2])
    func doubled(_ way: ResamplingGeometry.Interpolation) -> [Double] {
      x.resampled2d(ResamplingGeometry(heightScale: 1, widthScale: 2, interpolation: way)).scalars
    }
    #expect(doubled(.nearest) == [0, 0, 4, 4])
    #expect(doubled(.bilinear(alignsCorners: false)) == [0, 1, 3, 4])
    #expect(zip(doubled(.bilinear(alignsCorners: true)), [0, 4.0 / 3, 8.0 / 3, 4]).allSatisfy { abs($0 - $1) < 1e-15 })
  }

  @Test func wrongShapesStop() async {
    let empty = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([1, 2, 0, 3]).resampled2d(ResamplingGeometry(scale: 2))
    }
    #expect(empty.says("[resampling] the input must be [N, C, H, W] with H and W at least 1, it is [1, 2, 0, 3]"))
    let gradient = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([1, 2, 4, 4])
        .resampled2dGradient(inputShape: [1, 2, 3, 3], geometry: ResamplingGeometry(scale: 2))
    }
    #expect(
      gradient.says("[resampling gradient] resampling of [1, 2, 3, 3] gives [1, 2, 6, 6], the gradient is [1, 2, 4, 4]")
    )
    #expect(throws: GeometryError.self) { try ResamplingGeometry(scale: 0.1).outputShape(input: [1, 1, 5, 5]) }
  }
}
