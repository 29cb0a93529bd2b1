import Autograd
import Optimizers

/// How large the gradients of a step may be.
public enum GradientClipping: Sendable, Hashable, Codable {
  /// All gradients are scaled by one factor so that their common norm is at most this; see `Gradients.clip(toNorm:)`.
  case norm(Double)
  /// Every element is brought into `-value ... value`; see `Gradients.clip(toValue:)`.
  case value(Double)

  /// Clips the gradients of a step.
  func apply(to gradients: inout Gradients) {
    switch self {
    case .norm(let largest): gradients.clip(toNorm: largest)
    case .value(let largest): gradients.clip(toValue: largest)
    }
  }
}

/// A running average of the weights, which the network is measured and saved with in place of the last weights.
///
/// ```swift
/// var plan = TrainingPlan(average: AveragePlan(.exponential(decay: 0.999)))
/// plan.average = AveragePlan(.equal, from: 20)  // stochastic weight averaging over the epochs from the 20th on
/// ```
/// An exponential average takes the weights in after each step, an equal one after each epoch. The training itself goes on with
/// the last weights. Buffers, such as the running statistics of batch normalisation, are the last ones for an exponential
/// average; for an equal one the network sees the training images again with the averaged weights before it is measured.
public struct AveragePlan: Sendable, Hashable, Codable {
  /// How much new weights count; see `WeightAverage`.
  public var rule: WeightAverage.Rule
  /// The epoch, from 1, in which the average begins. Before, the last weights are measured.
  public var firstEpoch: Int

  /// - Parameters:
  ///   - rule: how much new weights count.
  ///   - firstEpoch: the epoch, from 1, in which the average begins. Default 1.
  public init(_ rule: WeightAverage.Rule, from firstEpoch: Int = 1) {
    self.rule = rule
    self.firstEpoch = firstEpoch
  }
}
