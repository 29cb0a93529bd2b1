import Autograd
import TensorCore

/// AdaMax: Adam with the largest recent gradient in place of the root mean square.
///
///     g ← g + λ w
///     m ← β₁ m + (1 - β₁) g          u ← max(β₂ u, |g| + ε)
///     w ← w - α / (1 - β₁ᵗ) m / u
///
/// ```swift
/// let optimizer = AdaMax(model.parameters, learningRate: 2e-3)
/// ```
/// Kingma and Ba 2015, "Adam: a method for stochastic optimization", section 7.1. Values as PyTorch's.
public final class AdaMax: UpdateRule {
  public let memory: RuleMemory
  /// β₁, the memory of the mean gradient.
  public let beta1: Double
  /// β₂, the memory of the largest gradient.
  public let beta2: Double
  /// ε, in the gradient's unit.
  public let epsilon: Double

  /// The rule for the given parameters or groups, with nothing remembered yet.
  ///
  /// - Parameters:
  ///   - parameters: what to change.
  ///   - learningRate: α. Default 2e-3.
  ///   - beta1: β₁ in `0 ..< 1`. Default 0.9.
  ///   - beta2: β₂ in `0 ..< 1`. Default 0.999.
  ///   - epsilon: ε above 0. Default 1e-8.
  ///   - weightDecay: λ. Default 0.
  public init(
    _ parameters: [some ParameterGroupConvertible], learningRate: Double = 2e-3, beta1: Double = 0.9,
    beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0
  ) {
    requireMoments("AdaMax", beta1, beta2, epsilon)
    memory = RuleMemory("AdaMax", parameters, learningRate: learningRate, weightDecay: weightDecay)
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
  }

  public var quantities: [Quantity] { [Quantity("mean"), Quantity("size")] }

  public var isElementwise: Bool { true }

  public func apply<Scalar: CarriedScalar>(
    _ step: UpdateStep, to w: inout Tensor<Scalar>, gradient: Tensor<Scalar>, remembered: inout Remembered<Scalar>
  ) {
    w.adamaxUpdate(
      gradient: gradient, mean: &remembered.first, size: &remembered.second, step: step.number,
      learningRate: step.learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: step.weightDecay)
  }
}
