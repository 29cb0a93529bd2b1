extension Tensor {
  /// The block inside one range per axis; axes without a range are taken whole. Cost: a copy of the block.
  ///
  /// `t.slice([0..<2, 1..<3])` of `[4, 4, 5]` is `[2, 2, 5]`.
  public func slice(_ ranges: [Range<Int>]) -> Tensor {
    let (sizes, offset) = block(ranges, of: "slice")
    if isChannelsLast { return pixelSlice(Shape(sizes), corner: ranges.map(\.lowerBound)) }
    return copied(to: Shape(sizes), strides: shape.strides, offset: offset)
  }

  /// The part inside a range of one axis. Cost: a copy of the part.
  public func slice(axis: Int, range: Range<Int>) -> Tensor {
    slice(ranges(axis: axis, range: range, of: "slice"))
  }

  /// Writes `values` into the block inside one range per axis; axes without a range are taken whole.
  ///
  /// The counterpart of ``slice(_:)``: `values` has the shape of that block. Copies this tensor first if another one
  /// shares its memory.
  public mutating func assign(_ values: Tensor, at ranges: [Range<Int>]) {
    let (sizes, offset) = block(ranges, of: "assign")
    guard values.shape.sizes == sizes else {
      stop("assign", "the block \(ranges) of \(shape) has the shape \(sizes), the values are \(values.shape)")
    }
    write(values, strides: shape.strides, offset: offset)
  }

  /// Writes `values` into the part inside a range of one axis: the counterpart of ``slice(axis:range:)``.
  public mutating func assign(_ values: Tensor, axis: Int, range: Range<Int>) {
    assign(values, at: ranges(axis: axis, range: range, of: "assign"))
  }

  /// The sizes of a block and the place of its first element.
  private func block(_ ranges: [Range<Int>], of operation: String) -> (sizes: [Int], offset: Int) {
    guard ranges.count <= rank else {
      stop(operation, "\(ranges.count) ranges are more than \(shape) has axes")
    }
    for (axis, range) in ranges.enumerated() where range.lowerBound < 0 || range.upperBound > shape[axis] {
      stop(operation, "range \(range) is not inside axis \(axis) of \(shape)")
    }
    let offset = zip(ranges, shape.strides).reduce(0) { $0 + $1.0.lowerBound * $1.1 }
    return (ranges.map(\.count) + shape.sizes[ranges.count...], offset)
  }

  private func ranges(axis: Int, range: Range<Int>, of operation: String) -> [Range<Int>] {
    let axis = shape.axis(axis, of: operation)
    return shape.sizes[..<axis].map { 0..<$0 } + [range]
  }
}
