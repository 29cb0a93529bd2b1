extension Tensor {
  /// With `value` added around: `padding[i].before` elements before axis `i` and `padding[i].after` after it.
  ///
  /// One pair per axis. The inverse is ``slice(_:)``, which is also the gradient. Cost: a fill and a copy.
  public func padded(_ padding: [(before: Int, after: Int)], with value: Scalar = .zero) -> Tensor {
    guard padding.count == rank, padding.allSatisfy({ $0.before >= 0 && $0.after >= 0 }) else {
      stop(
        "padded", "\(shape) needs \(rank) pairs of sizes of at least 0, not \(padding.map { [$0.before, $0.after] })")
    }
    let sizes = zip(shape.sizes, padding).map { $0 + $1.before + $1.after }
    var result = Tensor(repeating: value, shape: Shape(sizes))
    let strides = result.shape.strides
    result.write(self, strides: strides, offset: zip(padding, strides).reduce(0) { $0 + $1.0.before * $1.1 })
    return result
  }
}
