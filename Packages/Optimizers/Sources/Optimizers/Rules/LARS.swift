import Autograd
import TensorCore

/// LARS: momentum whose rate is adapted to each layer, for batches of thousands.
///
///     r = η ‖w‖ / (‖g‖ + λ ‖w‖)      the layer's own rate; 1 where ‖w‖ or ‖g‖ is 0
///     v ← ρ v + α r (g + λ w)        w ← w - v
///
/// Vectors and scalars (biases, scales and shifts of normalisation) take r = 1 unless asked otherwise.
///
/// ```swift
/// let optimizer = LARS(ParameterGroup.exemptingVectors(model.parameters), learningRate: 3.2, weightDecay: 5e-4)
/// ```
/// You, Gitman and Ginsburg 2017, "Large batch training of convolutional networks".
public final class LARS: UpdateRule {
  public let memory: RuleMemory
  /// ρ.
  public let momentum: Double
  /// η, the share of a layer's norm that a step may have.
  public let trust: Double
  /// Whether vectors and scalars have rates of their own too.
  public let adaptsVectors: Bool

  /// The rule for the given parameters or groups, with nothing remembered yet.
  ///
  /// - Parameters:
  ///   - parameters: what to change; each is a layer of its own.
  ///   - learningRate: α.
  ///   - momentum: ρ in `0 ..< 1`. Default 0.9.
  ///   - trust: η above 0. Default 0.001.
  ///   - weightDecay: λ. Default 0.
  ///   - adaptsVectors: whether vectors and scalars have rates of their own too. Default false.
  public init(
    _ parameters: [some ParameterGroupConvertible], learningRate: Double, momentum: Double = 0.9,
    trust: Double = 0.001, weightDecay: Double = 0, adaptsVectors: Bool = false
  ) {
    requireFraction("LARS", "momentum", momentum)
    requirePositive("LARS", "trust", trust)
    memory = RuleMemory("LARS", parameters, learningRate: learningRate, weightDecay: weightDecay)
    self.momentum = momentum
    self.trust = trust
    self.adaptsVectors = adaptsVectors
  }

  public var quantities: [Quantity] { [Quantity("momentum")] }

  public func apply<Scalar: CarriedScalar>(
    _ step: UpdateStep, to w: inout Tensor<Scalar>, gradient: Tensor<Scalar>, remembered: inout Remembered<Scalar>
  ) {
    let ratio = adaptsVectors || w.rank > 1 ? ratio(w, gradient, decay: step.weightDecay) : 1
    w.sgdUpdate(
      gradient: gradient, velocity: &remembered.first, learningRate: 1, momentum: momentum,
      weightDecay: step.weightDecay, gain: step.learningRate * ratio)
  }

  /// r.
  private func ratio<Scalar: CarriedScalar>(_ w: Tensor<Scalar>, _ gradient: Tensor<Scalar>, decay: Double) -> Double {
    let size = w.norm, slope = gradient.norm
    guard size > 0, slope > 0 else { return 1 }
    return trust * size / (slope + decay * size)
  }
}
