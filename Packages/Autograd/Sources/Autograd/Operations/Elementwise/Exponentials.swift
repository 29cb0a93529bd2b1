import TensorCore

/// y = e^x, dy/dx = y.
struct Exponential: Operation {
  let name = "exp"
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let y = inputs[0].exp()
    return Recorded(y) { gradient in [gradient * y] }
  }
}

/// y = e^x - 1, dy/dx = y + 1.
struct ExponentialMinusOne: Operation {
  let name = "expm1"
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let y = inputs[0].expm1()
    return Recorded(y) { gradient in [gradient * (y + 1)] }
  }
}

/// y = ln x, dy/dx = 1/x.
struct Logarithm: Operation {
  let name = "log"
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let x = inputs[0]
    return Recorded(x.log()) { gradient in [gradient / x] }
  }
}

/// y = ln (1 + x), dy/dx = 1/(1 + x).
struct LogarithmOfOnePlus: Operation {
  let name = "log1p"
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let x = inputs[0]
    return Recorded(x.log1p()) { gradient in [gradient / (x + 1)] }
  }
}

extension Variable {
  /// e to the power of each element.
  public func exp() -> Variable { Exponential().apply(to: self) }
  /// e^x - 1 of each element, exact near 0.
  public func expm1() -> Variable { ExponentialMinusOne().apply(to: self) }
  /// The natural logarithm of each element.
  public func log() -> Variable { Logarithm().apply(to: self) }
  /// ln (1 + x) of each element, exact near 0.
  public func log1p() -> Variable { LogarithmOfOnePlus().apply(to: self) }
}
