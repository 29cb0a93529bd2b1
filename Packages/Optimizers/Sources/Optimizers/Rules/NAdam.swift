import Autograd
import Foundation
import TensorCore

/// NAdam: Adam with Nesterov's look-ahead, the momentum warming up.
///
///     g ← g + λ w, or decoupled: w ← (1 - α λ) w
///     μₜ = β₁ (1 - ½ 0.96^(t ψ))
///     m ← β₁ m + (1 - β₁) g          v ← β₂ v + (1 - β₂) g²
///     w ← w - α ((1 - μₜ) g / (1 - Π) + μₜ₊₁ m / (1 - Π μₜ₊₁)) / (√v̂ + ε)
///     with Π = μ₁ … μₜ and v̂ = v / (1 - β₂ᵗ)
///
/// ```swift
/// let optimizer = NAdam(model.parameters, learningRate: 2e-3)
/// ```
/// Dozat 2016, "Incorporating Nesterov momentum into Adam". Values as PyTorch's.
public final class NAdam: UpdateRule {
  public let memory: RuleMemory
  /// β₁, the memory of the mean gradient.
  public let beta1: Double
  /// β₂, the memory of the mean square.
  public let beta2: Double
  /// ε, in the gradient's unit.
  public let epsilon: Double
  /// ψ, how fast the momentum warms up.
  public let momentumDecay: Double
  /// Whether the weight decay shrinks the weights by itself; see ``AdamW``.
  public let decoupledWeightDecay: Bool

  /// Π of the steps 1, 2, …, as far as they were asked for and differ from 0.
  private var products: [Double] = []

  /// The rule for the given parameters or groups, with nothing remembered yet.
  ///
  /// - Parameters:
  ///   - parameters: what to change.
  ///   - learningRate: α. Default 2e-3.
  ///   - beta1: β₁ in `0 ..< 1`. Default 0.9.
  ///   - beta2: β₂ in `0 ..< 1`. Default 0.999.
  ///   - epsilon: ε above 0. Default 1e-8.
  ///   - momentumDecay: ψ, at least 0. Default 4e-3.
  ///   - weightDecay: λ. Default 0.
  ///   - decoupledWeightDecay: whether the decay is no part of the gradient. Default false.
  public init(
    _ parameters: [some ParameterGroupConvertible], learningRate: Double = 2e-3, beta1: Double = 0.9,
    beta2: Double = 0.999, epsilon: Double = 1e-8, momentumDecay: Double = 4e-3, weightDecay: Double = 0,
    decoupledWeightDecay: Bool = false
  ) {
    requireMoments("NAdam", beta1, beta2, epsilon)
    requireNotNegative("NAdam", "momentum decay", momentumDecay)
    memory = RuleMemory("NAdam", parameters, learningRate: learningRate, weightDecay: weightDecay)
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.momentumDecay = momentumDecay
    self.decoupledWeightDecay = decoupledWeightDecay
  }

  public var quantities: [Quantity] { [Quantity("mean"), Quantity("square")] }

  public var isElementwise: Bool { true }

  public func apply<Scalar: CarriedScalar>(
    _ step: UpdateStep, to w: inout Tensor<Scalar>, gradient: Tensor<Scalar>, remembered: inout Remembered<Scalar>
  ) {
    let product = product(to: step.number), next = momentum(step.number + 1)
    w.nadamUpdate(
      gradient: gradient, mean: &remembered.first, square: &remembered.second, step: step.number,
      gradientSize: step.learningRate * (1 - momentum(step.number)) / (1 - product),
      meanSize: step.learningRate * next / (1 - product * next), learningRate: step.learningRate, beta1: beta1,
      beta2: beta2, epsilon: epsilon, weightDecay: step.weightDecay, decoupledWeightDecay: decoupledWeightDecay)
  }

  /// μ of a step.
  private func momentum(_ step: Int) -> Double { beta1 * (1 - 0.5 * pow(0.96, Double(step) * momentumDecay)) }

  /// Π, which follows from the step alone and so need not be in the state. Below 1e-20 it no longer changes 1 - Π.
  private func product(to step: Int) -> Double {
    while products.count < step {
      let last = products.last ?? 1
      if last < 1e-20 { return 0 }
      products.append(last * momentum(products.count + 1))
    }
    return products[step - 1]
  }
}
