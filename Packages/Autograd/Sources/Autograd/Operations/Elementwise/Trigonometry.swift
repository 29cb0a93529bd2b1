import TensorCore

/// y = sin x, dy/dx = cos x.
struct Sine: Operation {
  let name = "sin"
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let x = inputs[0]
    return Recorded(x.sin()) { gradient in [gradient * x.cos()] }
  }
}

/// y = cos x, dy/dx = -sin x.
struct Cosine: Operation {
  let name = "cos"
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let x = inputs[0]
    return Recorded(x.cos()) { gradient in [-gradient * x.sin()] }
  }
}

extension Variable {
  /// The sine of each element, in radians.
  public func sin() -> Variable { Sine().apply(to: self) }
  /// The cosine of each element, in radians.
  public func cos() -> Variable { Cosine().apply(to: self) }
}
