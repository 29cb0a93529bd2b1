extension Tensor {
  /// Calls `body` with some elements of the first axis as a tensor of their own, `[rows.count, …]`, to change in place;
  /// costs nothing while nobody else holds this tensor.
  ///
  /// ```swift
  /// var table = Tensor<Float>.ones([4, 3])
  /// table.withRows(1..<3) { $0 *= 2 }
  /// ```
  ///
  /// The tensor that `body` gets must not outlive the call, nor change its shape: both stop.
  public mutating func withRows<Result>(_ rows: Range<Int>, _ body: (inout Tensor) throws -> Result) rethrows -> Result
  {
    guard let length = shape.first, rows.lowerBound >= 0, rows.upperBound <= length else {
      stop("withRows", "rows \(rows) are not inside \(shape)")
    }
    makeUnique()
    let part = Shape([rows.count] + shape.sizes.dropFirst())
    let size = part.count / Swift.max(rows.count, 1)
    let start = memory.start + rows.lowerBound * size
    // The view holds the only reference, so that it is changed in place.
    var view = Tensor(shape: part, storage: Storage(lending: start, count: part.count))
    weak let lent = view.memory
    let result = try body(&view)
    guard view.shape == part else { stop("withRows", "the rows were \(part), they became \(view.shape)") }
    if view.memory !== lent { start.update(from: view.storage.start, count: part.count) }
    view = Tensor(shape: [0], storage: Storage(count: 0))
    withExtendedLifetime(memory) {}
    guard lent == nil else { stop("withRows", "the rows were kept beyond the call") }
    return result
  }
}
