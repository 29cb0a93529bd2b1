extension Tensor {
  /// The element at one index per axis: `t[i, j]`.
  ///
  /// Stops when there are more or fewer indices than axes or when one is out of its axis. Writing copies the elements
  /// first if another tensor shares them.
  @inlinable
  public subscript(_ indices: Int...) -> Scalar {
    get { withUnsafeBufferPointer { $0[offset(of: indices)] } }
    set {
      let offset = offset(of: indices)
      makeUnique()
      uniqueBuffer[offset] = newValue
    }
  }

  /// Where the element at `indices` lies in row-major order.
  @inlinable
  func offset(of indices: [Int]) -> Int {
    var offset = 0
    var fits = indices.count == shape.rank
    for (index, size) in zip(indices, shape.sizes) {
      fits = fits && index >= 0 && index < size
      offset = offset * size + index
    }
    guard fits else { stop("subscript", "index \(indices) is not inside \(shape)") }
    return offset
  }

  /// The only element of a tensor of one element, whatever its rank.
  public var scalar: Scalar {
    guard count == 1 else { stop("scalar", "\(shape) has \(count) elements, not one") }
    return withExtendedLifetime(self) { storage.start.pointee }
  }

  /// The part at one index of the first axis: shape `[N, …]` gives `[…]`. Cost: a copy of that part.
  public func element(at index: Int) -> Tensor {
    guard let length = shape.first else { stop("element(at:)", "a tensor of rank 0 has no first axis") }
    guard index >= 0, index < length else { stop("element(at:)", "index \(index) is not inside \(shape)") }
    let part = Shape(Array(shape.sizes.dropFirst()))
    return copied(to: part, strides: part.strides, offset: index * part.count)
  }
}
