import TensorCore

struct Reshape: Operation {
  let name = "reshaped"
  let shape: Shape
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let before = inputs[0].shape
    return Recorded(inputs[0].reshaped(shape)) { gradient in [gradient.reshaped(before)] }
  }
}

extension Variable {
  /// The same elements in row-major order under another shape of the same count. Free.
  public func reshaped(_ shape: Shape) -> Variable { Reshape(shape: shape).apply(to: self) }

  /// Joins the axes from `axis`, 0 by default, on into one: `[N, C, H, W]` becomes `[N, C·H·W]` for axis 1.
  public func flattened(from axis: Int = 0) -> Variable {
    guard axis >= 0, axis < rank else { stop("flattened", "axis \(axis) is not one of \(shape)") }
    let kept = shape.sizes[..<axis]
    let joined = shape.sizes[axis...].reduce(1, *)
    return reshaped(Shape(kept + [joined]))
  }
}
