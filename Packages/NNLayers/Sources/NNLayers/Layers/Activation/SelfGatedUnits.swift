import Autograd
import TensorCore

/// The Gaussian error unit: y = x Φ(x), Φ the normal distribution function; or its approximation by tanh.
///
/// Hendrycks and Gimpel 2016, "Gaussian error linear units".
///
/// ```swift
/// let block = Sequential(Linear(784, 100), GELU(approximate: true))
/// ```
public struct GELU: ElementwiseLayer {
  /// Whether the approximation is used.
  public let isApproximate: Bool
  /// The unit, exactly or by tanh.
  ///
  /// - Parameter approximate: whether Φ is approximated by ½ (1 + tanh(√(2/π) (x + 0.044715 x³))). Default false.
  public init(approximate: Bool = false) { isApproximate = approximate }
  public func forward(_ x: Variable, _ context: Context) -> Variable { x.activated(isApproximate ? .geluTanh : .gelu) }
}

/// The sigmoid-weighted unit, also called Swish: y = x σ(x).
///
/// Elfwing, Uchibe and Doya 2017, "Sigmoid-weighted linear units for neural network function approximation in reinforcement
/// learning".
///
/// ```swift
/// let block = Sequential(Linear(784, 100), SiLU())
/// ```
public struct SiLU: ElementwiseLayer {
  /// The unit.
  public init() {}
  public func forward(_ x: Variable, _ context: Context) -> Variable { x.silu() }
}

/// ``SiLU`` with the sigmoid in straight pieces: y = x h, h = (x + 3) / 6 within 0 … 1.
///
/// Howard and others 2019, "Searching for MobileNetV3".
///
/// ```swift
/// let block = Sequential(Linear(784, 100), HardSwish())
/// ```
public struct HardSwish: ElementwiseLayer {
  /// The unit.
  public init() {}
  public func forward(_ x: Variable, _ context: Context) -> Variable { x.hardSwish() }
}

/// y = x tanh(ln(1 + e^x)).
///
/// Misra 2019, "Mish: a self regularized non-monotonic activation function".
///
/// ```swift
/// let block = Sequential(Linear(784, 100), Mish())
/// ```
public struct Mish: ElementwiseLayer {
  /// The unit.
  public init() {}
  public func forward(_ x: Variable, _ context: Context) -> Variable { x.mish() }
}
