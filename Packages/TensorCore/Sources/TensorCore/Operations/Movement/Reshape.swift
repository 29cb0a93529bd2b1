extension Tensor {
  /// The same elements in row-major order under another shape of the same count. Free: the memory is shared.
  public func reshaped(_ shape: Shape) -> Tensor {
    guard shape.count == count else {
      stop("reshaped", "\(self.shape) has \(count) elements, \(shape) needs \(shape.count)")
    }
    return Tensor(shape: shape, storage: storage)
  }

  /// The same elements under another shape, where one size may be -1: it follows from the count. Free.
  ///
  /// `t.reshaped([-1, 4])` makes rows of four.
  public func reshaped(_ sizes: [Int]) -> Tensor {
    guard let open = sizes.firstIndex(of: -1) else { return reshaped(Shape(sizes)) }
    var sizes = sizes
    sizes[open] = 1
    let known = sizes.contains(-1) ? 0 : Shape(sizes).count
    guard known > 0, count.isMultiple(of: known) else {
      sizes[open] = -1
      stop("reshaped", "the \(count) elements of \(shape) do not give a size for the -1 of \(sizes)")
    }
    sizes[open] = count / known
    return reshaped(Shape(sizes))
  }

  /// The axes from `axis` on joined to one: `[N, C, H, W].flattened(from: 1)` is `[N, C·H·W]`. Free.
  public func flattened(from axis: Int = 0) -> Tensor {
    guard rank > 0 else { return reshaped([1] as Shape) }
    let axis = shape.axis(axis, of: "flattened")
    return reshaped(Shape(Array(shape.sizes[..<axis]) + [shape.sizes[axis...].reduce(1, *)]))
  }

  /// A new axis of size 1 that becomes number `axis`; -1 puts it last. Free.
  public func expandingAxis(at axis: Int) -> Tensor {
    guard axis >= -rank - 1, axis <= rank else {
      stop("expandingAxis", "axis \(axis) cannot be added to \(shape), which has \(rank) axes")
    }
    var sizes = shape.sizes
    sizes.insert(1, at: axis < 0 ? axis + rank + 1 : axis)
    return reshaped(Shape(sizes))
  }

  /// Without the axis `axis`, whose size must be 1. Free.
  public func squeezed(at axis: Int) -> Tensor {
    let index = shape.axis(axis, of: "squeezed")
    guard shape[index] == 1 else { stop("squeezed", "axis \(axis) of \(shape) has size \(shape[index]), not 1") }
    var sizes = shape.sizes
    sizes.remove(at: index)
    return reshaped(Shape(sizes))
  }

  /// Without all axes of size 1. Free.
  public func squeezed() -> Tensor {
    reshaped(Shape(shape.sizes.filter { $0 != 1 }))
  }
}
