import TensorCore

/// Repeatable numbers in -1..<1, exact in Float.
struct TestNumbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(Int64(state >> 44) - (1 << 19)) / Double(1 << 19)
  }

  mutating func values(_ shape: [Int]) -> [Double] { (0..<shape.reduce(1, *)).map { _ in next() } }
}

extension Tensor where Scalar: FloatingScalar {
  /// A tensor of the given numbers.
  init(numbers: [Double], shape: [Int]) {
    self.init(shape: Shape(shape)) { buffer in
      for (index, number) in numbers.enumerated() { buffer[index] = Scalar(number) }
    }
  }

  /// The largest distance from the expected numbers, relative to the largest of them (at least 1); infinite for a NaN.
  func error(from expected: [Double]) -> Double {
    guard count == expected.count else { return .infinity }
    let scale = expected.reduce(1) { Swift.max($0, Swift.abs($1)) }
    return zip(scalars, expected).reduce(0) { worst, pair in
      let distance = Swift.abs(Double(pair.0) - pair.1) / scale
      return distance.isNaN ? .infinity : Swift.max(worst, distance)
    }
  }
}
