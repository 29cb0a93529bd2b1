import TensorCore

/// An activation function element by element; the derivative is taken from the input.
struct Activate: Operation {
  let activation: Activation
  var name: String { "\(activation)" }
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let x = inputs[0]
    return Recorded(x.activated(activation)) { gradient in [gradient.activationGradient(activation, input: x)] }
  }
}

extension Variable {
  /// The activation function of each element.
  public func activated(_ activation: Activation) -> Variable { Activate(activation: activation).apply(to: self) }

  /// ln σ(x) of each element, without overflow.
  public func logSigmoid() -> Variable { activated(.logSigmoid) }
  /// 1.7159 tanh(2x/3) of each element.
  public func scaledTanh() -> Variable { activated(.scaledTanh(amplitude: 1.7159, slope: 2.0 / 3)) }
  /// Each element, or the nearer bound.
  public func hardTanh(_ bounds: ClosedRange<Double> = -1...1) -> Variable { activated(.hardTanh(bounds)) }
  /// Each element within 0 … 6.
  public func relu6() -> Variable { activated(.hardTanh(0...6)) }
  /// Each element that is above 0, `slope` times the others.
  public func leakyRelu(slope: Double = 0.01) -> Variable { activated(.leakyReLU(slope: slope)) }
  /// x where x > 0, else α (e^x - 1).
  public func elu(alpha: Double = 1) -> Variable { activated(.elu(alpha: alpha)) }
  /// The self-normalising ELU.
  public func selu() -> Variable { activated(.selu) }
  /// x where x > 0, else α (e^(x/α) - 1).
  public func celu(alpha: Double = 1) -> Variable { activated(.celu(alpha: alpha)) }
  /// x Φ(x).
  public func gelu() -> Variable { activated(.gelu) }
  /// x σ(x).
  public func silu() -> Variable { activated(.silu) }
  /// x relu6(x + 3) / 6.
  public func hardSwish() -> Variable { activated(.hardSwish) }
  /// relu6(x + 3) / 6.
  public func hardSigmoid() -> Variable { activated(.hardSigmoid) }
  /// x tanh(ln(1 + e^x)).
  public func mish() -> Variable { activated(.mish) }
  /// ln(1 + e^(βx)) / β.
  public func softplus(beta: Double = 1) -> Variable { activated(.softplus(beta: beta)) }
  /// x / (1 + |x|).
  public func softsign() -> Variable { activated(.softsign) }
  /// x where |x| > threshold, else 0.
  public func hardShrink(threshold: Double = 0.5) -> Variable { activated(.hardShrink(threshold: threshold)) }
  /// x moved towards 0 by the threshold, 0 where |x| is no larger.
  public func softShrink(threshold: Double = 0.5) -> Variable { activated(.softShrink(threshold: threshold)) }
  /// x − tanh x.
  public func tanhShrink() -> Variable { activated(.tanhShrink) }
}
