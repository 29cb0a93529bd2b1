import Autograd
import TensorCore

/// Adam: steps scaled by running averages of the gradient and of its square.
///
///     g ← g + λ w                    weight decay λ, part of the gradient
///     m ← β₁ m + (1 - β₁) g          v ← β₂ v + (1 - β₂) g²
///     w ← w - α m̂ / (√v̂ + ε)         with m̂ = m / (1 - β₁ᵗ), v̂ = v / (1 - β₂ᵗ)
///
/// With `amsgrad` the largest v so far stands in its place, so that no rate grows again. Without `biasCorrection`, m̂ = m and
/// v̂ = v: the "almost Adam" of lectures, whose first step is α (1 - β₁) / √(1 - β₂) whatever the gradient: 3.2 times
/// too long with the defaults, since v starts from 0 and forgets it more slowly than m does.
///
/// ```swift
/// let optimizer = Adam(model.parameters, learningRate: 1e-3)
/// optimizer.update(loss.gradients())
/// ```
/// Kingma and Ba 2015, "Adam: a method for stochastic optimization"; Reddi, Kale and Kumar 2018, "On the convergence of Adam
/// and beyond". Values as PyTorch's.
public final class Adam: UpdateRule {
  public let memory: RuleMemory
  /// β₁, the memory of the mean gradient.
  public let beta1: Double
  /// β₂, the memory of the mean square.
  public let beta2: Double
  /// ε, in the gradient's unit.
  public let epsilon: Double
  /// Whether the largest mean square is used.
  public let amsgrad: Bool
  /// Whether the averages are corrected for their start from 0.
  public let biasCorrection: Bool

  /// The rule for the given parameters or groups, with nothing remembered yet.
  ///
  /// - Parameters:
  ///   - parameters: what to change.
  ///   - learningRate: α. Default 1e-3.
  ///   - beta1: β₁ in `0 ..< 1`. Default 0.9.
  ///   - beta2: β₂ in `0 ..< 1`. Default 0.999.
  ///   - epsilon: ε above 0. Default 1e-8.
  ///   - weightDecay: λ. Default 0.
  ///   - amsgrad: whether the largest mean square is used. Default false.
  ///   - biasCorrection: whether the averages are corrected for their start from 0. Default true.
  public init(
    _ parameters: [some ParameterGroupConvertible], learningRate: Double = 1e-3, beta1: Double = 0.9,
    beta2: Double = 0.999, epsilon: Double = 1e-8, weightDecay: Double = 0, amsgrad: Bool = false,
    biasCorrection: Bool = true
  ) {
    requireMoments("Adam", beta1, beta2, epsilon)
    memory = RuleMemory("Adam", parameters, learningRate: learningRate, weightDecay: weightDecay)
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.amsgrad = amsgrad
    self.biasCorrection = biasCorrection
  }

  public var quantities: [Quantity] { AdamMoments.quantities(amsgrad: amsgrad) }

  public var isElementwise: Bool { true }

  public func apply<Scalar: CarriedScalar>(
    _ step: UpdateStep, to w: inout Tensor<Scalar>, gradient: Tensor<Scalar>, remembered: inout Remembered<Scalar>
  ) {
    let moments = AdamMoments(
      beta1: beta1, beta2: beta2, epsilon: epsilon, amsgrad: amsgrad, decoupled: false, biasCorrection: biasCorrection)
    moments.apply(step, to: &w, gradient, &remembered)
  }
}

/// The numbers of Adam and AdamW.
struct AdamMoments {
  let beta1, beta2, epsilon: Double
  let amsgrad, decoupled, biasCorrection: Bool

  static func quantities(amsgrad: Bool) -> [Quantity] {
    [Quantity("mean"), Quantity("square")] + (amsgrad ? [Quantity("largestSquare")] : [])
  }

  func apply<Scalar: CarriedScalar>(
    _ step: UpdateStep, to w: inout Tensor<Scalar>, _ gradient: Tensor<Scalar>, _ remembered: inout Remembered<Scalar>
  ) {
    guard amsgrad else {
      w.adamUpdate(
        gradient: gradient, mean: &remembered.first, square: &remembered.second, step: step.number,
        learningRate: step.learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: step.weightDecay,
        decoupledWeightDecay: decoupled, biasCorrection: biasCorrection)
      return
    }
    w.adamUpdate(
      gradient: gradient, mean: &remembered.first, square: &remembered.second, largestSquare: &remembered.third,
      step: step.number, learningRate: step.learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon,
      weightDecay: step.weightDecay, decoupledWeightDecay: decoupled, biasCorrection: biasCorrection)
  }
}
