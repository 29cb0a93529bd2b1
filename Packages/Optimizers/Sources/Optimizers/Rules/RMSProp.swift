import Autograd
import TensorCore

/// RMSProp: steps divided by the root of a running mean of the squared gradient.
///
///     g ← g + λ w
///     v ← ρ v + (1 - ρ) g²
///     u = g / (√v + ε)               centred: m ← ρ m + (1 - ρ) g and u = g / (√(v - m²) + ε)
///     w ← w - α u                    with momentum: b ← μ b + u, w ← w - α b
///
/// ```swift
/// let optimizer = RMSProp(model.parameters, learningRate: 0.01, rho: 0.9)
/// ```
/// Tieleman and Hinton 2012, lecture 6.5 of "Neural networks for machine learning"; centred: Graves 2013, "Generating sequences
/// with recurrent neural networks". Values as PyTorch's, whose α is ρ here.
public final class RMSProp: UpdateRule {
  public let memory: RuleMemory
  /// ρ, the memory of the mean square.
  public let rho: Double
  /// ε, in the gradient's unit.
  public let epsilon: Double
  /// μ.
  public let momentum: Double
  /// Whether the variance is used in place of the mean square.
  public let centered: Bool

  /// The rule for the given parameters or groups, with nothing remembered yet.
  ///
  /// - Parameters:
  ///   - parameters: what to change.
  ///   - learningRate: α. Default 0.01.
  ///   - rho: ρ in `0 ..< 1`. Default 0.99.
  ///   - epsilon: ε above 0. Default 1e-8.
  ///   - momentum: μ in `0 ..< 1`. Default 0: none.
  ///   - centered: whether the variance is used in place of the mean square. Default false.
  ///   - weightDecay: λ. Default 0.
  public init(
    _ parameters: [some ParameterGroupConvertible], learningRate: Double = 0.01, rho: Double = 0.99,
    epsilon: Double = 1e-8, momentum: Double = 0, centered: Bool = false, weightDecay: Double = 0
  ) {
    requireFraction("RMSProp", "rho", rho)
    requirePositive("RMSProp", "epsilon", epsilon)
    requireFraction("RMSProp", "momentum", momentum)
    memory = RuleMemory("RMSProp", parameters, learningRate: learningRate, weightDecay: weightDecay)
    self.rho = rho
    self.epsilon = epsilon
    self.momentum = momentum
    self.centered = centered
  }

  public var quantities: [Quantity] {
    let all = [("square", true), ("momentum", momentum > 0), ("mean", centered)]
    return all.filter(\.1).map { Quantity($0.0) }
  }

  public var isElementwise: Bool { true }

  public func apply<Scalar: CarriedScalar>(
    _ step: UpdateStep, to w: inout Tensor<Scalar>, gradient: Tensor<Scalar>, remembered: inout Remembered<Scalar>
  ) {
    // The mean is second where there is no momentum, third where there is.
    if momentum > 0 {
      w.rmsPropUpdate(
        gradient: gradient, square: &remembered.first, mean: &remembered.third, velocity: &remembered.second,
        learningRate: step.learningRate, rho: rho, epsilon: epsilon, momentum: momentum, centered: centered,
        weightDecay: step.weightDecay)
    } else {
      w.rmsPropUpdate(
        gradient: gradient, square: &remembered.first, mean: &remembered.second, velocity: &remembered.third,
        learningRate: step.learningRate, rho: rho, epsilon: epsilon, centered: centered, weightDecay: step.weightDecay)
    }
  }
}
