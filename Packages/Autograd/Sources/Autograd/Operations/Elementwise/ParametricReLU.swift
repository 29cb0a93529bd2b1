import TensorCore

/// y = x where x > 0, else w x.
struct ParametricRectifier: Operation {
  let name = "prelu"
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let (x, weight) = (inputs[0], inputs[1])
    return Recorded(x.prelu(weight)) { gradient in
      let gradients = gradient.preluGradient(input: x, weight: weight)
      return [gradients.input, gradients.weight]
    }
  }
}

extension Variable {
  /// Each element that is above 0, `weight` times the others: one weight `[1]` for all, or one for each channel of
  /// `[N, C, …]`.
  public func prelu(_ weight: Variable) -> Variable { ParametricRectifier().apply(to: self, weight) }
}
