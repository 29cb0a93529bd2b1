extension Shape {
  /// The shape of an elementwise operation on this shape and another, by NumPy's rule: shapes are aligned at their last
  /// axes; sizes must be equal or one of them 1 (or absent), which repeats. `[64, 1, 5]` and `[3, 1]` give `[64, 3, 5]`.
  ///
  /// Nil if some axes do not fit.
  public func broadcast(with other: Shape) -> Shape? {
    if self == other { return self }
    let rank = Swift.max(rank, other.rank)
    var sizes = [Int](repeating: 1, count: rank)
    for axis in 0..<rank {
      let left = size(at: axis, ofRank: rank), right = other.size(at: axis, ofRank: rank)
      guard left == right || left == 1 || right == 1 else { return nil }
      sizes[axis] = left == 1 ? right : left
    }
    return Shape(sizes)
  }

  /// Whether these are the last axes of `other`, so that a tensor of this shape repeats along the axes before them only.
  func isSuffix(of other: Shape) -> Bool {
    rank <= other.rank && sizes.elementsEqual(other.sizes.suffix(rank))
  }

  /// The size along an axis of a shape of `rank` axes, 1 for those that this shape does not have.
  private func size(at axis: Int, ofRank rank: Int) -> Int {
    let own = axis - (rank - self.rank)
    return own < 0 ? 1 : sizes[own]
  }

  /// The distances in elements between neighbours along each axis of `shape`, to which this shape is broadcast: 0 along
  /// axes that repeat.
  func strides(broadcastTo shape: Shape) -> [Int] {
    var strides = [Int](repeating: 0, count: shape.rank)
    var stride = 1
    for axis in Swift.stride(from: shape.rank - 1, through: shape.rank - rank, by: -1) {
      let size = sizes[axis - (shape.rank - rank)]
      strides[axis] = size == 1 ? 0 : stride
      stride *= size
    }
    return strides
  }
}
