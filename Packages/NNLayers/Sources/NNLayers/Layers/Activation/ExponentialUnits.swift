import Autograd
import TensorCore

/// The exponential linear unit: y = x where x > 0, else α (e^x - 1).
///
/// Clevert, Unterthiner and Hochreiter 2015, "Fast and accurate deep network learning by exponential linear units".
///
/// ```swift
/// let block = Sequential(Linear(784, 100), ELU())
/// ```
public struct ELU: ElementwiseLayer {
  /// α.
  public let alpha: Double
  /// The unit with a given α.
  ///
  /// - Parameter alpha: default 1.
  public init(alpha: Double = 1) { self.alpha = alpha }
  public func forward(_ x: Variable, _ context: Context) -> Variable { x.elu(alpha: alpha) }
}

/// The self-normalising unit: λ x where x > 0, else λ α (e^x - 1), with λ = 1.0507… and α = 1.6732… such that mean 0 and
/// variance 1 are kept.
///
/// Klambauer, Unterthiner, Mayr and Hochreiter 2017, "Self-normalizing neural networks".
///
/// ```swift
/// let block = Sequential(Linear(784, 100), SELU())
/// ```
public struct SELU: ElementwiseLayer {
  /// The unit; its constants are fixed.
  public init() {}
  public func forward(_ x: Variable, _ context: Context) -> Variable { x.selu() }
}

/// The continuously differentiable exponential unit: y = x where x > 0, else α (e^(x/α) - 1).
///
/// Barron 2017, "Continuously differentiable exponential linear units".
///
/// ```swift
/// let block = Sequential(Linear(784, 100), CELU(alpha: 2))
/// ```
public struct CELU: ElementwiseLayer {
  /// α.
  public let alpha: Double
  /// The unit with a given α.
  ///
  /// - Parameter alpha: not 0. Default 1.
  public init(alpha: Double = 1) {
    guard alpha != 0 else { stop("CELU", "alpha must not be 0") }
    self.alpha = alpha
  }
  public func forward(_ x: Variable, _ context: Context) -> Variable { x.celu(alpha: alpha) }
}

/// The smooth rectifier: y = ln(1 + e^(βx)) / β, without overflow.
///
/// Dugas and others 2001, "Incorporating second-order functional knowledge for better option pricing".
///
/// ```swift
/// let block = Sequential(Linear(784, 100), Softplus())
/// ```
public struct Softplus: ElementwiseLayer {
  /// β.
  public let beta: Double
  /// The function with a given β.
  ///
  /// - Parameter beta: above 0. Default 1.
  public init(beta: Double = 1) {
    guard beta > 0 else { stop("Softplus", "beta must be above 0, not \(beta)") }
    self.beta = beta
  }
  public func forward(_ x: Variable, _ context: Context) -> Variable { x.softplus(beta: beta) }
}
