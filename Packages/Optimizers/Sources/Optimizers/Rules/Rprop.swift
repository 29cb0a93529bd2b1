import Autograd
import TensorCore

/// Rprop: a step size for each parameter that grows while its gradient keeps its sign and shrinks when it turns.
///
///     s ← clamp(s η⁺) where g keeps its sign, clamp(s η⁻) where it turned, else s
///     where it turned: g ← 0         the parameter rests, and the next step counts as without a sign before
///     w ← w - sign(g) s
///
/// The sizes of gradients play no part, so it is for whole batches: the signs of small batches are noise. The learning
/// rate is the first step size; that of a schedule does nothing later. There is no weight decay.
///
/// ```swift
/// let optimizer = Rprop(model.parameters, learningRate: 0.01)
/// ```
/// Riedmiller and Braun 1993, "A direct adaptive method for faster backpropagation learning". Values as PyTorch's, but for
/// gradients so small that their product is 0: here they still have signs.
public final class Rprop: UpdateRule {
  public let memory: RuleMemory
  /// η⁺.
  public let grow: Double
  /// η⁻.
  public let shrink: Double
  /// The smallest and the largest step.
  public let stepSizes: ClosedRange<Double>

  /// The first step size.
  private let initialStep: Double

  /// The rule for the given parameters or groups, with nothing remembered yet.
  ///
  /// - Parameters:
  ///   - parameters: what to change. Factors and decays of groups play no part.
  ///   - learningRate: the first step size. Default 0.01.
  ///   - grow: η⁺ above 1. Default 1.2.
  ///   - shrink: η⁻ between 0 and 1. Default 0.5.
  ///   - stepSizes: the smallest and the largest step. Default `1e-6 ... 50`.
  public init(
    _ parameters: [some ParameterGroupConvertible], learningRate: Double = 0.01, grow: Double = 1.2,
    shrink: Double = 0.5, stepSizes: ClosedRange<Double> = 1e-6...50
  ) {
    guard shrink > 0, shrink < 1, grow > 1, grow.isFinite else {
      stop("Rprop", "needs a shrink factor between 0 and 1 and a grow factor above 1, not \(shrink) and \(grow)")
    }
    requirePositive("Rprop", "smallest step", stepSizes.lowerBound)
    memory = RuleMemory("Rprop", parameters, learningRate: learningRate)
    initialStep = learningRate
    self.grow = grow
    self.shrink = shrink
    self.stepSizes = stepSizes
  }

  public var quantities: [Quantity] { [Quantity("step", start: initialStep), Quantity("gradient")] }

  public var isElementwise: Bool { true }

  public func apply<Scalar: CarriedScalar>(
    _ step: UpdateStep, to w: inout Tensor<Scalar>, gradient: Tensor<Scalar>, remembered: inout Remembered<Scalar>
  ) {
    w.rpropUpdate(
      gradient: gradient, step: &remembered.first, previous: &remembered.second, grow: grow, shrink: shrink,
      sizes: stepSizes)
  }
}
