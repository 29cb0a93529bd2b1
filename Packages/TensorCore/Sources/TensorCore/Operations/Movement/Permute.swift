extension Tensor {
  /// The axes in another order: axis `i` of the result is axis `order[i]` of this tensor.
  ///
  /// `images.permuted([0, 2, 3, 1])` takes `[N, C, H, W]` to `[N, H, W, C]`. Cost: a copy.
  public func permuted(_ order: [Int]) -> Tensor {
    let axes = shape.axes(order, of: "permuted")
    guard axes.count == rank else { stop("permuted", "the order \(order) does not name every axis of \(shape)") }
    let strides = shape.strides
    return copied(to: Shape(axes.map { shape[$0] }), strides: axes.map { strides[$0] })
  }

  /// The last two axes exchanged: `[…, M, N]` to `[…, N, M]`. Cost: a copy.
  public func transposed() -> Tensor {
    guard rank >= 2 else { stop("transposed", "\(shape) has fewer than two axes") }
    return permuted(Array(0..<(rank - 2)) + [rank - 1, rank - 2])
  }

  /// Two axes exchanged. Cost: a copy.
  public func transposed(_ first: Int, _ second: Int) -> Tensor {
    var order = Array(0..<rank)
    order.swapAt(shape.axis(first, of: "transposed"), shape.axis(second, of: "transposed"))
    return permuted(order)
  }
}
