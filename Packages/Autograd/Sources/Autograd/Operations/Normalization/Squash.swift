import TensorCore

/// y = |x| of vectors along the last axis: dx = g x / |x|, 0 for x = 0.
struct Lengths: Operation {
  let name = "lengths"
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let x = inputs[0], y = x.lengths()
    return Recorded(y) { gradient in [gradient.lengthsGradient(input: x, lengths: y)] }
  }
}

/// v = x |x| / (1 + |x|²) of vectors along the last axis.
struct Squash: Operation {
  let name = "squashed"
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let x = inputs[0]
    return Recorded(x.squashed()) { gradient in [gradient.squashedGradient(input: x)] }
  }
}

extension Variable {
  /// √(Σ x²) over the last axis, which disappears. The gradient of a vector of zeros is 0.
  public func lengths() -> Variable { Lengths().apply(to: self) }

  /// Each vector along the last axis with its direction and the length |x|² / (1 + |x|²), which is below 1: what a capsule
  /// gives. Sabour, Frosst and Hinton 2017, "Dynamic routing between capsules".
  public func squashed() -> Variable { Squash().apply(to: self) }
}
