extension Tensor {
  /// The elements in reverse order along the given axes. Cost: a copy.
  public func flipped(along axes: [Int]) -> Tensor {
    var strides = shape.strides
    var offset = 0
    for axis in shape.axes(axes, of: "flipped") where shape[axis] > 0 {
      offset += (shape[axis] - 1) * strides[axis]
      strides[axis] = -strides[axis]
    }
    return copied(to: shape, strides: strides, offset: offset)
  }
}
