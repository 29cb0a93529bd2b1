import Autograd
import TensorCore

/// Lion: steps of one size, by the sign of a momentum.
///
///     w ← (1 - α λ) w - α sign(β₁ m + (1 - β₁) g)
///     m ← β₂ m + (1 - β₂) g
///
/// It remembers half of what Adam does. Rates are 3 to 10 times smaller than Adam's, decays as many times larger.
///
/// ```swift
/// let optimizer = Lion(ParameterGroup.exemptingVectors(model.parameters), learningRate: 1e-4, weightDecay: 0.1)
/// ```
/// Chen and others 2023, "Symbolic discovery of optimization algorithms".
public final class Lion: UpdateRule {
  public let memory: RuleMemory
  /// β₁, the share of the momentum in the step's sign.
  public let beta1: Double
  /// β₂, the memory of the momentum.
  public let beta2: Double

  /// The rule for the given parameters or groups, with nothing remembered yet.
  ///
  /// - Parameters:
  ///   - parameters: what to change.
  ///   - learningRate: α. Default 1e-4.
  ///   - beta1: β₁ in `0 ..< 1`. Default 0.9.
  ///   - beta2: β₂ in `0 ..< 1`. Default 0.99.
  ///   - weightDecay: λ, decoupled. Default 0.
  public init(
    _ parameters: [some ParameterGroupConvertible], learningRate: Double = 1e-4, beta1: Double = 0.9,
    beta2: Double = 0.99, weightDecay: Double = 0
  ) {
    requireFraction("Lion", "beta1", beta1)
    requireFraction("Lion", "beta2", beta2)
    memory = RuleMemory("Lion", parameters, learningRate: learningRate, weightDecay: weightDecay)
    self.beta1 = beta1
    self.beta2 = beta2
  }

  public var quantities: [Quantity] { [Quantity("mean")] }

  public var isElementwise: Bool { true }

  public func apply<Scalar: CarriedScalar>(
    _ step: UpdateStep, to w: inout Tensor<Scalar>, gradient: Tensor<Scalar>, remembered: inout Remembered<Scalar>
  ) {
    w.lionUpdate(
      gradient: gradient, mean: &remembered.first, learningRate: step.learningRate, beta1: beta1, beta2: beta2,
      weightDecay: step.weightDecay)
  }
}
