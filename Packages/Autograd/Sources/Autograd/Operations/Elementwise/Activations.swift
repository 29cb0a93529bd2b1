import TensorCore

/// y = tanh x, dy/dx = 1 - y².
struct HyperbolicTangent: Operation {
  let name = "tanh"
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let y = inputs[0].tanh()
    return Recorded(y) { gradient in [gradient.tanhGradient(output: y)] }
  }
}

/// y = 1 / (1 + e^-x), dy/dx = y (1 - y).
struct LogisticSigmoid: Operation {
  let name = "sigmoid"
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let y = inputs[0].sigmoid()
    return Recorded(y) { gradient in [gradient.sigmoidGradient(output: y)] }
  }
}

/// y = max(x, 0); the derivative at 0 is 0.
struct Rectifier: Operation {
  let name = "relu"
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let y = inputs[0].relu()
    // Whoever comes next often keeps the output, so that the rule costs no memory.
    return Recorded(y) { gradient in [gradient.reluGradient(input: y)] }
  }
}

extension Variable {
  /// The hyperbolic tangent of each element.
  public func tanh() -> Variable { HyperbolicTangent().apply(to: self) }
  /// The logistic sigmoid 1 / (1 + e^-x) of each element.
  public func sigmoid() -> Variable { LogisticSigmoid().apply(to: self) }
  /// The larger of each element and 0. The derivative at 0 is 0; NaN passes through.
  public func relu() -> Variable { Rectifier().apply(to: self) }
}
