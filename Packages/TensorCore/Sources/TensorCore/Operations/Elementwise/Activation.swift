import CKernels

/// An activation function, for ``Tensor/activated(_:)`` and its gradient.
///
/// All are right to the ends of their range: no overflow, the limits at ±∞, NaN from NaN (whose derivative is NaN or that of
/// one side of a kink). Float: values and derivatives within 4e-7 of the larger of 1 and their size.
public enum Activation: Sendable, Hashable {
  /// 1 where x ≥ 0, else 0: the unit of the perceptron. The derivative is 0.
  case step
  /// x where x > `at`, else `value`.
  case threshold(at: Double, value: Double)
  /// ln σ(x) = −ln(1 + e⁻ˣ).
  case logSigmoid
  /// amplitude · tanh(slope · x); LeCun and others 1998 take 1.7159 and 2/3.
  case scaledTanh(amplitude: Double, slope: Double)
  /// x, or the nearer bound; the derivative at the bounds is 0.
  case hardTanh(ClosedRange<Double>)
  /// x where x > 0, else slope · x.
  case leakyReLU(slope: Double)
  /// x where x > 0, else α (eˣ − 1). Clevert and others 2015.
  case elu(alpha: Double)
  /// λ times ELU with α, both such that mean 0 and variance 1 stay. Klambauer and others 2017.
  case selu
  /// x where x > 0, else α (e^(x/α) − 1). Barron 2017.
  case celu(alpha: Double)
  /// x Φ(x) with the normal distribution function Φ. Hendrycks and Gimpel 2016.
  case gelu
  /// ½ x (1 + tanh(√(2/π) (x + 0.044715 x³))): the approximation of ``gelu``.
  case geluTanh
  /// x σ(x), also called Swish.
  case silu
  /// x h with h = (x + 3) / 6 within 0 … 1. Howard and others 2019.
  case hardSwish
  /// (x + 3) / 6 within 0 … 1.
  case hardSigmoid
  /// x tanh(ln(1 + eˣ)). Misra 2019.
  case mish
  /// ln(1 + e^(βx)) / β, as it is for every x.
  case softplus(beta: Double)
  /// x / (1 + |x|).
  case softsign
  /// x where |x| > threshold, else 0; the derivative at the thresholds is 0.
  case hardShrink(threshold: Double)
  /// x moved towards 0 by the threshold, 0 where |x| is no larger: what minimises ½ (y − x)² + threshold |y|. The derivative
  /// at the thresholds is 0. Donoho 1995.
  case softShrink(threshold: Double)
  /// x − tanh x: what is small, nearly 0; what is large, 1 nearer to 0.
  case tanhShrink

  /// The kernel and its parameters.
  fileprivate var kernel: (operation: nt_activation_op, parameters: [Double]) {
    switch self {
    case .step: (nt_step, [0, 0, 0])
    case .threshold(let at, let value): (nt_threshold, [at, value, 0])
    case .logSigmoid: (nt_log_sigmoid, [0, 0, 0])
    case .scaledTanh(let amplitude, let slope): (nt_scaled_tanh, [amplitude, slope, 0])
    case .hardTanh(let bounds): (nt_hard_tanh, [bounds.lowerBound, bounds.upperBound, 0])
    case .leakyReLU(let slope): (nt_leaky_relu, [slope, 0, 0])
    case .elu(let alpha): (nt_elu, [1, alpha, 1])
    case .selu: (nt_elu, [Self.seluScale, Self.seluScale * Self.seluAlpha, 1])
    case .celu(let alpha): (nt_elu, [1, alpha, 1 / alpha])
    case .gelu: (nt_gelu, [0, 0, 0])
    case .geluTanh: (nt_gelu_tanh, [0, 0, 0])
    case .silu: (nt_silu, [0, 0, 0])
    case .hardSwish: (nt_hard_swish, [0, 0, 0])
    case .hardSigmoid: (nt_hard_sigmoid, [0, 0, 0])
    case .mish: (nt_mish, [0, 0, 0])
    case .softplus(let beta): (nt_softplus, [beta, 0, 0])
    case .softsign: (nt_softsign, [0, 0, 0])
    case .hardShrink(let threshold): (nt_hard_shrink, [threshold, 0, 0])
    case .softShrink(let threshold): (nt_soft_shrink, [threshold, 0, 0])
    case .tanhShrink: (nt_tanh_shrink, [0, 0, 0])
    }
  }

  /// λ of SELU.
  public static let seluScale = 1.0507009873554804934
  /// α of SELU.
  public static let seluAlpha = 1.6732632423543772848
}

extension Tensor where Scalar: FloatingScalar {
  /// The function of each element, in one pass.
  public func activated(_ activation: Activation) -> Tensor {
    let (operation, parameters) = activation.kernel
    let result = Tensor(uninitializedLike: self)
    let from = memory.start, to = result.memory.start
    Cut.run(count) {
      nt_activation(operation, Scalar.code, parameters, from + $0.lowerBound, to + $0.lowerBound, $0.count)
    }
    withExtendedLifetime(self) {}
    return result
  }

  /// The gradient of ``activated(_:)`` with respect to its input, when this is that of its output: g f′(x), in one pass.
  public func activationGradient(_ activation: Activation, input: Tensor) -> Tensor {
    checkSameShape(input, "activationGradient")
    let (operation, parameters) = activation.kernel
    let (output, input) = Self.aligned(self, input)
    let result = Tensor(uninitializedLike: input)
    let gradient = output.memory.start, from = input.memory.start, to = result.memory.start
    Cut.run(count) {
      let i = $0.lowerBound
      nt_activation_gradient(operation, Scalar.code, parameters, gradient + i, from + i, to + i, $0.count)
    }
    withExtendedLifetime((output, input)) {}
    return result
  }
}
