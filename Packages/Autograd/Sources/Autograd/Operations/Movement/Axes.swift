import TensorCore

/// Axes in another order: the gradient goes through the inverse order.
struct Permute: Operation {
  let name = "permuted"
  let order: [Int]
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let rank = inputs[0].rank
    return Recorded(inputs[0].permuted(order)) { gradient in
      var inverse = [Int](repeating: 0, count: rank)
      for (position, axis) in order.enumerated() { inverse[axis < 0 ? axis + rank : axis] = position }
      return [gradient.permuted(inverse)]
    }
  }
}

/// Elements in reverse order along some axes: the gradient likewise.
struct Flip: Operation {
  let name = "flipped"
  let axes: [Int]
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    Recorded(inputs[0].flipped(along: axes)) { gradient in [gradient.flipped(along: axes)] }
  }
}

/// Elements repeated to fill a shape: the gradient is added up over the copies.
struct Broadcast: Operation {
  let name = "broadcast"
  let shape: Shape
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let before = inputs[0].shape
    return Recorded(inputs[0].broadcast(to: shape)) { gradient in [gradient.sum(to: before)] }
  }
}

extension Variable {
  /// The axes in the given order: axis `i` of the result is axis `order[i]` of this variable.
  public func permuted(_ order: [Int]) -> Variable { Permute(order: order).apply(to: self) }

  /// The last two axes exchanged.
  public func transposed() -> Variable {
    guard rank >= 2 else { stop("transposed", "needs at least two axes, this variable is \(shape)") }
    return permuted(Array(0..<rank - 2) + [rank - 1, rank - 2])
  }

  /// The elements in reverse order along the given axes.
  public func flipped(along axes: [Int]) -> Variable { Flip(axes: axes).apply(to: self) }

  /// The elements repeated along axes of size 1, and new leading axes, to fill the shape.
  public func broadcast(to shape: Shape) -> Variable { Broadcast(shape: shape).apply(to: self) }

  /// With a further axis of size 1 at the given place.
  public func expandingAxis(at axis: Int) -> Variable {
    let place = axis < 0 ? axis + rank + 1 : axis
    guard (0...rank).contains(place) else { stop("expandingAxis", "there is no place \(axis) in \(shape)") }
    return reshaped(Shape(shape.sizes[..<place] + [1] + shape.sizes[place...]))
  }

  /// Without the given axis, which must have size 1.
  public func squeezed(at axis: Int) -> Variable {
    let place = axis < 0 ? axis + rank : axis
    guard shape.sizes.indices.contains(place), shape[place] == 1 else {
      stop("squeezed", "axis \(axis) of \(shape) does not have size 1")
    }
    return reshaped(Shape(Array(shape.sizes[..<place]) + shape.sizes[(place + 1)...]))
  }
}
