import Autograd
import TensorCore

/// AdaDelta: steps in the parameter's own unit, by the running means of squared gradients and of squared changes.
///
///     g ← g + λ w
///     v ← ρ v + (1 - ρ) g²
///     u = √(x + ε) / √(v + ε) g      x ← ρ x + (1 - ρ) u²
///     w ← w - α u
///
/// It needs no learning rate (α = 1), but starts slowly: the first step has the size √(ε / (1 - ρ)).
///
/// ```swift
/// let optimizer = AdaDelta(model.parameters)
/// ```
/// Zeiler 2012, "ADADELTA: an adaptive learning rate method". Values as PyTorch's.
public final class AdaDelta: UpdateRule {
  public let memory: RuleMemory
  /// ρ, the memory of both means.
  public let rho: Double
  /// ε, within both roots.
  public let epsilon: Double

  /// The rule for the given parameters or groups, with nothing remembered yet.
  ///
  /// - Parameters:
  ///   - parameters: what to change.
  ///   - learningRate: α. Default 1.
  ///   - rho: ρ in `0 ..< 1`. Default 0.9.
  ///   - epsilon: ε above 0. Default 1e-6.
  ///   - weightDecay: λ. Default 0.
  public init(
    _ parameters: [some ParameterGroupConvertible], learningRate: Double = 1, rho: Double = 0.9,
    epsilon: Double = 1e-6, weightDecay: Double = 0
  ) {
    requireFraction("AdaDelta", "rho", rho)
    requirePositive("AdaDelta", "epsilon", epsilon)
    memory = RuleMemory("AdaDelta", parameters, learningRate: learningRate, weightDecay: weightDecay)
    self.rho = rho
    self.epsilon = epsilon
  }

  public var quantities: [Quantity] { [Quantity("square"), Quantity("change")] }

  public var isElementwise: Bool { true }

  public func apply<Scalar: CarriedScalar>(
    _ step: UpdateStep, to w: inout Tensor<Scalar>, gradient: Tensor<Scalar>, remembered: inout Remembered<Scalar>
  ) {
    w.adaDeltaUpdate(
      gradient: gradient, square: &remembered.first, change: &remembered.second, learningRate: step.learningRate,
      rho: rho, epsilon: epsilon, weightDecay: step.weightDecay)
  }
}
