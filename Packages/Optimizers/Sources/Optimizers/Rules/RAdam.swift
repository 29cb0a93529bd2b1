import Autograd
import TensorCore

/// RAdam: Adam whose steps are rectified while its mean square is young, in place of a warm-up of the learning rate.
///
///     g ← g + λ w, or decoupled: w ← (1 - α λ) w
///     m ← β₁ m + (1 - β₁) g          v ← β₂ v + (1 - β₂) g²
///     ρ∞ = 2 / (1 - β₂) - 1          ρ = ρ∞ - 2 t β₂ᵗ / (1 - β₂ᵗ)
///     ρ > 5:  w ← w - α r m̂ √(1 - β₂ᵗ) / (√v + ε),   r² = (ρ - 4) (ρ - 2) ρ∞ / ((ρ∞ - 4) (ρ∞ - 2) ρ)
///     else:   w ← w - α m̂             with m̂ = m / (1 - β₁ᵗ)
///
/// ρ is how many gradients the mean square rests on. Of few it is a poor estimate and its inverse may be huge: the first
/// five steps (with β₂ = 0.999) are those of momentum alone, and r grows from 0 towards 1 afterwards.
///
/// ```swift
/// let optimizer = RAdam(model.parameters, learningRate: 1e-3)
/// ```
/// Liu and others 2020, "On the variance of the adaptive learning rate and beyond". Values as PyTorch's.
public final class RAdam: UpdateRule {
  public let memory: RuleMemory
  /// β₁, the memory of the mean gradient.
  public let beta1: Double
  /// β₂, the memory of the mean square.
  public let beta2: Double
  /// ε, in the gradient's unit.
  public let epsilon: Double
  /// Whether the weight decay shrinks the weights by itself; see ``AdamW``.
  public let decoupledWeightDecay: Bool

  /// The rule for the given parameters or groups, with nothing remembered yet.
  ///
  /// - Parameters:
  ///   - parameters: what to change.
  ///   - learningRate: α. Default 1e-3.
  ///   - beta1: β₁ in `0 ..< 1`. Default 0.9.
  ///   - beta2: β₂ in `0 ..< 1`. Default 0.999.
  ///   - epsilon: ε above 0. Default 1e-8.
  ///   - weightDecay: λ. Default 0.
  ///   - decoupledWeightDecay: whether the decay is no part of the gradient. Default false.
  public init(
    _ parameters: [some ParameterGroupConvertible], learningRate: Double = 1e-3, beta1: Double = 0.9,
    beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0, decoupledWeightDecay: Bool = false
  ) {
    requireMoments("RAdam", beta1, beta2, epsilon)
    memory = RuleMemory("RAdam", parameters, learningRate: learningRate, weightDecay: weightDecay)
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.decoupledWeightDecay = decoupledWeightDecay
  }

  public var quantities: [Quantity] { [Quantity("mean"), Quantity("square")] }

  public var isElementwise: Bool { true }

  public func apply<Scalar: CarriedScalar>(
    _ step: UpdateStep, to w: inout Tensor<Scalar>, gradient: Tensor<Scalar>, remembered: inout Remembered<Scalar>
  ) {
    w.radamUpdate(
      gradient: gradient, mean: &remembered.first, square: &remembered.second, step: step.number,
      learningRate: step.learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: step.weightDecay,
      decoupledWeightDecay: decoupledWeightDecay)
  }
}
