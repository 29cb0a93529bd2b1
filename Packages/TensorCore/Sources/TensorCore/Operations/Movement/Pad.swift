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
    if isChannelsLast { return paddedPixels(padding.map(\.before), with: value, Shape(sizes)) }
    var result = Tensor(repeating: value, shape: Shape(sizes))
    let strides = result.shape.strides
    result.write(self, strides: strides, offset: zip(padding, strides).reduce(0) { $0 + $1.0.before * $1.1 })
    return result
  }

  /// The same for channels-last images, which remain so.
  private func paddedPixels(_ before: [Int], with value: Scalar, _ shape: Shape) -> Tensor {
    let result = Tensor(uninitializedChannelsLast: shape)
    let to = result.memory.start, from = memory.start
    let filling = Tensor(value)
    StridedCopy(sizes: [result.count], toStrides: [1], fromStrides: [0]).run(to: to, from: filling.memory.start)
    let strides = Self.pixelStrides(shape)
    let offset = before[0] * strides[0] + before[2] * strides[1] + before[3] * strides[2] + before[1]
    let sizes = [self.shape[0], self.shape[2], self.shape[3], self.shape[1]]
    StridedCopy(sizes: sizes, toStrides: strides, fromStrides: Self.pixelStrides(self.shape)).run(
      to: to + offset, from: from)
    withExtendedLifetime((self, filling)) {}
    return result
  }
}
