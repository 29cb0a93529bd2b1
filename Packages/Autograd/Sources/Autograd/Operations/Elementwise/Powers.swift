import TensorCore

/// y = √x, dy/dx = 1/(2y).
struct SquareRoot: Operation {
  let name = "sqrt"
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let y = inputs[0].sqrt()
    return Recorded(y) { gradient in [gradient / (y + y)] }
  }
}

/// y = 1/√x, dy/dx = -y³/2.
struct ReciprocalSquareRoot: Operation {
  let name = "reciprocalSquareRoot"
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let y = inputs[0].reciprocalSquareRoot()
    return Recorded(y) { gradient in [gradient * y * y * y * Scalar(-0.5)] }
  }
}

/// y = x², dy/dx = 2x.
struct Square: Operation {
  let name = "squared"
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let x = inputs[0]
    return Recorded(x.squared()) { gradient in [gradient * x * 2] }
  }
}

/// y = 1/x, dy/dx = -y².
struct Reciprocal: Operation {
  let name = "reciprocal"
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let y = inputs[0].reciprocal()
    return Recorded(y) { gradient in [-gradient * y * y] }
  }
}

/// y = x^p for a fixed p, dy/dx = p x^(p-1).
struct Power: Operation {
  let name = "power"
  let exponent: Double
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let (x, exponent) = (inputs[0], Scalar(exponent))
    return Recorded(x.power(exponent)) { gradient in
      [exponent == 0 ? .zeros(x.shape) : gradient * x.power(exponent - 1) * exponent]
    }
  }
}

/// z = x^y, dz/dx = y x^(y-1), dz/dy = z ln x, taken as 0 where x is 0.
struct PowerOfTensors: Operation {
  let name = "power"
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let (x, y) = (inputs[0], inputs[1])
    let needsExponent = inputs.needsGradient(1)
    let z = x.power(y)
    return Recorded(z) { gradient in
      let base = (gradient * y * x.power(y - 1)).sum(to: x.shape)
      guard needsExponent else { return [base, nil] }
      let logarithm = (x .== 0).select(Tensor(0), x.log())
      return [base, (gradient * z * logarithm).sum(to: y.shape)]
    }
  }
}

extension Variable {
  /// The square root of each element.
  public func sqrt() -> Variable { SquareRoot().apply(to: self) }
  /// 1/√x of each element.
  public func reciprocalSquareRoot() -> Variable { ReciprocalSquareRoot().apply(to: self) }
  /// The square of each element.
  public func squared() -> Variable { Square().apply(to: self) }
  /// 1/x of each element.
  public func reciprocal() -> Variable { Reciprocal().apply(to: self) }
  /// Each element to a fixed power.
  public func power(_ exponent: Double) -> Variable { Power(exponent: exponent).apply(to: self) }
  /// Each element to the power of the other's, with broadcasting.
  public func power(_ exponent: Variable) -> Variable { PowerOfTensors().apply(to: self, exponent) }
}
