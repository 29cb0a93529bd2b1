import TensorCore

/// A rule for the learning rate of each step. A value: the same step always has the same rate, so that a training that is
/// resumed needs nothing but its step.
///
/// ```swift
/// let schedule = LinearWarmup(steps: 500, before: CosineSchedule(0.1, steps: 20_000))
/// for step in 0..<20_500 {
///   optimizer.learningRate = schedule.rate(at: step)
///   optimizer.update(crossEntropy(model(images, context), labels).gradients())
/// }
/// ```
/// What counts in epochs elsewhere counts in steps here: multiply by the steps of an epoch.
public protocol Schedule: Sendable {
  /// The learning rate of step `step`, counted from 0.
  func rate(at step: Int) -> Double
}

/// The same rate at every step.
public struct ConstantSchedule: Schedule {
  /// The rate.
  public let rate: Double

  /// The given rate at every step.
  public init(_ rate: Double) {
    requireNotNegative("ConstantSchedule", "rate", rate)
    self.rate = rate
  }

  public func rate(at step: Int) -> Double { rate }
}
