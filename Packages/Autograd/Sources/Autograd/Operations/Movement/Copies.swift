import TensorCore

/// The whole repeated along every axis: the gradient is added up over the copies.
struct Tile: Operation {
  let name = "tiled"
  let counts: [Int]
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let shape = inputs[0].shape
    return Recorded(inputs[0].tiled(counts)) { gradient in
      // Each axis becomes a pair: the copy, and the place within it.
      let pairs = Shape(zip(counts, shape.sizes).flatMap { [$0, $1] })
      let copies = shape.sizes.indices.map { 2 * $0 }
      return [gradient.reshaped(pairs).sum(along: copies).reshaped(shape)]
    }
  }
}

/// Each slice along an axis repeated: the gradient is added up over the copies.
struct Repeat: Operation {
  let name = "repeated"
  let count: Int
  let axis: Int
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let shape = inputs[0].shape
    return Recorded(inputs[0].repeated(count, along: axis)) { gradient in
      let place = axis < 0 ? axis + shape.rank : axis
      let apart = Shape(Array(shape.sizes[...place]) + [count] + shape.sizes[(place + 1)...])
      return [gradient.reshaped(apart).sum(along: [place + 1])]
    }
  }
}

/// The diagonal of the last two axes: the gradient goes back onto it.
struct Diagonal: Operation {
  let name = "diagonal"
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let shape = inputs[0].shape
    return Recorded(inputs[0].diagonal()) { gradient in
      let square = gradient.diagonalMatrix()
      return [square.padded(zip(shape, square.shape).map { (before: 0, after: $0 - $1) }, with: 0)]
    }
  }
}

/// Matrices with vectors on their diagonals: the gradient is read from there.
struct DiagonalMatrix: Operation {
  let name = "diagonalMatrix"
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    Recorded(inputs[0].diagonalMatrix()) { gradient in [gradient.diagonal()] }
  }
}

extension Variable {
  /// The whole repeated `counts[axis]` times along each axis.
  public func tiled(_ counts: [Int]) -> Variable { Tile(counts: counts).apply(to: self) }
  /// Each slice along the axis repeated `count` times, the copies side by side.
  public func repeated(_ count: Int, along axis: Int) -> Variable { Repeat(count: count, axis: axis).apply(to: self) }
  /// The elements on the diagonal of the last two axes: `[…, M, N]` gives `[…, min(M, N)]`.
  public func diagonal() -> Variable { Diagonal().apply(to: self) }
  /// Square matrices with these elements on the diagonal and zeros elsewhere: `[…, N]` gives `[…, N, N]`.
  public func diagonalMatrix() -> Variable { DiagonalMatrix().apply(to: self) }
}
