import TensorCore

/// A shape and the axes to reduce, with the place of each element's result worked out one element at a time.
struct ReductionCase: Sendable, CustomStringConvertible {
  var shape: Shape
  var axes: [Int]
  var description: String { "\(shape) along \(axes)" }

  static let table = [
    ReductionCase(shape: [], axes: []), ReductionCase(shape: [5], axes: [0]), ReductionCase(shape: [1], axes: [-1]),
    ReductionCase(shape: [4, 6], axes: []), ReductionCase(shape: [64, 120], axes: [0]),
    ReductionCase(shape: [64, 10], axes: [1]), ReductionCase(shape: [33, 17], axes: [-2]),
    ReductionCase(shape: [3, 67], axes: [-1]), ReductionCase(shape: [3, 4, 5], axes: [1]),
    ReductionCase(shape: [3, 4, 5], axes: [0, 2]), ReductionCase(shape: [3, 4, 5], axes: [2, 1, 0]),
    ReductionCase(shape: [2, 6, 5, 5], axes: [0, 2, 3]), ReductionCase(shape: [2, 6, 5, 5], axes: [1]),
    ReductionCase(shape: [2, 3, 2, 3, 2, 3], axes: [0, 2, 4]),
    ReductionCase(shape: [2, 3, 2, 3, 2, 3], axes: [-1, -3, -5]),
    ReductionCase(shape: [1, 1, 4], axes: [0, 1]), ReductionCase(shape: [3, 0], axes: [0]),
    ReductionCase(shape: [100_001], axes: [0]), ReductionCase(shape: [40_000, 3], axes: [0]),
    ReductionCase(shape: [20, 5000], axes: [1]), ReductionCase(shape: [3, 5000, 10], axes: [1]),
    ReductionCase(shape: [40, 3000], axes: [0]), ReductionCase(shape: [2, 30, 2000], axes: [1]),
    ReductionCase(shape: [64, 16, 10, 10], axes: [0, 2, 3]),
  ]

  /// The shape of the result when the reduced axes keep size 1.
  var keptShape: Shape {
    Shape((0..<shape.rank).map { axes.contains($0) || axes.contains($0 - shape.rank) ? 1 : shape[$0] })
  }

  /// The shape of the result without the reduced axes.
  var resultShape: Shape {
    Shape((0..<shape.rank).filter { !axes.contains($0) && !axes.contains($0 - shape.rank) }.map { shape[$0] })
  }

  /// The elements that make each result, in order.
  func groups<Scalar>(_ elements: [Scalar]) -> [[Scalar]] {
    let strides = keptShape.strides
    var groups = [[Scalar]](repeating: [], count: keptShape.count)
    for (position, element) in elements.enumerated() {
      var (rest, place) = (position, 0)
      for axis in (0..<shape.rank).reversed() {
        if keptShape[axis] > 1 { place += rest % shape[axis] * strides[axis] }
        rest /= shape[axis]
      }
      groups[place].append(element)
    }
    return groups
  }
}
