extension Tensor {
  /// Repeated to a larger shape by the usual rule: shapes are aligned at the last axis, and an axis of size 1, or one
  /// that is missing in front, is repeated. Cost: a copy, none if the shape is the same.
  public func broadcast(to shape: Shape) -> Tensor {
    if shape == self.shape { return self }
    let missing = shape.rank - rank
    guard missing >= 0, (0..<rank).allSatisfy({ [1, shape[missing + $0]].contains(self.shape[$0]) }) else {
      stop("broadcast", "\(self.shape) cannot be repeated to \(shape)")
    }
    let strides = zip(self.shape.sizes, self.shape.strides).map { $0 == 1 ? 0 : $1 }
    return copied(to: shape, strides: Array(repeating: 0, count: missing) + strides)
  }

  /// `counts[i]` copies one after the other along axis `i`, one count per axis: `[a, b]` tiled by 2 is `[a, b, a, b]`.
  public func tiled(_ counts: [Int]) -> Tensor {
    guard counts.count == rank, counts.allSatisfy({ $0 >= 0 }) else {
      stop("tiled", "\(shape) needs \(rank) counts of at least 0, not \(counts)")
    }
    let result = Tensor(uninitialized: Shape(zip(shape.sizes, counts).map { $0 * $1 }))
    guard result.count > 0 else { return result }
    // Every axis in two: the copy's number, which reads the same place again, and the place in the copy.
    StridedCopy(
      sizes: zip(counts, shape.sizes).flatMap { [$0, $1] },
      toStrides: zip(shape.sizes, result.shape.strides).flatMap { [$0 * $1, $1] },
      fromStrides: shape.strides.flatMap { [0, $0] }
    ).run(to: result.storage.start, from: storage.start)
    return result
  }

  /// Every element `count` times in a row along an axis: `[a, b]` repeated twice is `[a, a, b, b]`.
  public func repeated(_ count: Int, along axis: Int) -> Tensor {
    guard count >= 0 else { stop("repeated", "the count \(count) is negative") }
    let axis = shape.axis(axis, of: "repeated")
    let result = Tensor(uninitialized: shape.replacing(axis: axis, with: shape[axis] * count))
    guard result.count > 0 else { return result }
    var sizes = shape.sizes
    var strides = shape.strides
    sizes.insert(count, at: axis + 1)
    strides.insert(0, at: axis + 1)
    var toStrides = result.shape.strides
    toStrides.insert(toStrides[axis], at: axis + 1)
    toStrides[axis] *= count
    StridedCopy(sizes: sizes, toStrides: toStrides, fromStrides: strides)
      .run(to: result.storage.start, from: storage.start)
    return result
  }
}
