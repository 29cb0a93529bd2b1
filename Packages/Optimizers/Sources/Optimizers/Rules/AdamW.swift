import Autograd
import TensorCore

/// AdamW: Adam whose weight decay is no part of the gradient but shrinks the weights by itself.
///
///     w ← (1 - α λ) w                then Adam's step with the gradient alone
///
/// In Adam a decay within the gradient is divided by √v̂ like the rest, so that weights of large gradients hardly shrink.
///
/// ```swift
/// let optimizer = AdamW(ParameterGroup.exemptingVectors(model.parameters), learningRate: 1e-3, weightDecay: 0.05)
/// ```
/// Loshchilov and Hutter 2019, "Decoupled weight decay regularization". Values as PyTorch's.
public final class AdamW: UpdateRule {
  public let memory: RuleMemory
  /// β₁, the memory of the mean gradient.
  public let beta1: Double
  /// β₂, the memory of the mean square.
  public let beta2: Double
  /// ε, in the gradient's unit.
  public let epsilon: Double
  /// Whether the largest mean square is used; see ``Adam``.
  public let amsgrad: Bool

  /// The rule for the given parameters or groups, with nothing remembered yet.
  ///
  /// - Parameters:
  ///   - parameters: what to change.
  ///   - learningRate: α. Default 1e-3.
  ///   - beta1: β₁ in `0 ..< 1`. Default 0.9.
  ///   - beta2: β₂ in `0 ..< 1`. Default 0.999.
  ///   - epsilon: ε above 0. Default 1e-8.
  ///   - weightDecay: λ. Default 0.01.
  ///   - amsgrad: whether the largest mean square is used. Default false.
  public init(
    _ parameters: [some ParameterGroupConvertible], learningRate: Double = 1e-3, beta1: Double = 0.9,
    beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0.01, amsgrad: Bool = false
  ) {
    requireMoments("AdamW", beta1, beta2, epsilon)
    memory = RuleMemory("AdamW", parameters, learningRate: learningRate, weightDecay: weightDecay)
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.amsgrad = amsgrad
  }

  public var quantities: [Quantity] { AdamMoments.quantities(amsgrad: amsgrad) }

  public var isElementwise: Bool { true }

  public func apply<Scalar: CarriedScalar>(
    _ step: UpdateStep, to w: inout Tensor<Scalar>, gradient: Tensor<Scalar>, remembered: inout Remembered<Scalar>
  ) {
    let moments = AdamMoments(
      beta1: beta1, beta2: beta2, epsilon: epsilon, amsgrad: amsgrad, decoupled: true, biasCorrection: true)
    moments.apply(step, to: &w, gradient, &remembered)
  }
}
