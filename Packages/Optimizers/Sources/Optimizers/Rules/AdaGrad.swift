import Autograd
import TensorCore

/// AdaGrad: a rate for each parameter that falls with the sum of its squared gradients.
///
///     g ← g + λ w
///     s ← s + g²
///     w ← w - αₜ g / (√s + ε)        with αₜ = α / (1 + (t - 1) η)
///
/// ```swift
/// let optimizer = AdaGrad(model.parameters, learningRate: 0.01)
/// ```
/// Duchi, Hazan and Singer 2011, "Adaptive subgradient methods for online learning and stochastic optimization". Values
/// as PyTorch's.
public final class AdaGrad: UpdateRule {
  public let memory: RuleMemory
  /// η, how the rate itself falls.
  public let learningRateDecay: Double
  /// What s begins with.
  public let initialAccumulator: Double
  /// ε, in the gradient's unit.
  public let epsilon: Double

  /// The rule for the given parameters or groups, with nothing remembered yet.
  ///
  /// - Parameters:
  ///   - parameters: what to change.
  ///   - learningRate: α. Default 0.01.
  ///   - learningRateDecay: η, at least 0. Default 0.
  ///   - initialAccumulator: what s begins with, at least 0. Default 0.
  ///   - epsilon: ε above 0. Default 1e-10.
  ///   - weightDecay: λ. Default 0.
  public init(
    _ parameters: [some ParameterGroupConvertible], learningRate: Double = 0.01, learningRateDecay: Double = 0,
    initialAccumulator: Double = 0, epsilon: Double = 1e-10, weightDecay: Double = 0
  ) {
    requireNotNegative("AdaGrad", "decay of the learning rate", learningRateDecay)
    requireNotNegative("AdaGrad", "initial accumulator", initialAccumulator)
    requirePositive("AdaGrad", "epsilon", epsilon)
    memory = RuleMemory("AdaGrad", parameters, learningRate: learningRate, weightDecay: weightDecay)
    self.learningRateDecay = learningRateDecay
    self.initialAccumulator = initialAccumulator
    self.epsilon = epsilon
  }

  public var quantities: [Quantity] { [Quantity("sum", start: initialAccumulator)] }

  public var isElementwise: Bool { true }

  public func apply<Scalar: CarriedScalar>(
    _ step: UpdateStep, to w: inout Tensor<Scalar>, gradient: Tensor<Scalar>, remembered: inout Remembered<Scalar>
  ) {
    w.adaGradUpdate(
      gradient: gradient, sum: &remembered.first,
      learningRate: step.learningRate / (1 + Double(step.number - 1) * learningRateDecay), epsilon: epsilon,
      weightDecay: step.weightDecay)
  }
}
