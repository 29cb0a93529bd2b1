extension Tensor {
  /// The diagonal of the last two axes: `[…, M, N]` gives `[…, min(M, N)]`. Cost: a copy of the diagonal.
  public func diagonal() -> Tensor {
    guard rank >= 2 else { stop("diagonal", "\(shape) has fewer than two axes") }
    let strides = shape.strides
    return copied(
      to: Shape(shape.sizes.dropLast(2) + [Swift.min(shape[rank - 2], shape[rank - 1])]),
      strides: strides.dropLast(2) + [strides[rank - 2] + strides[rank - 1]])
  }

  /// Square matrices with these elements on the diagonal and zero (`false`) elsewhere: `[…, N]` gives `[…, N, N]`.
  public func diagonalMatrix() -> Tensor {
    guard let size = shape.last else { stop("diagonalMatrix", "a tensor of rank 0 has no axis") }
    var result = Tensor.zeros(Shape(shape.sizes + [size]))
    let strides = result.shape.strides
    result.write(self, strides: strides.dropLast(2) + [size + 1], offset: 0)
    return result
  }
}
