import TensorCore

/// A straight line up to the first rate of another schedule, which begins when it ends:
/// α(t) = β(0) (f + (1 - f) t/W) for t < W, then β(t - W).
///
/// ```swift
/// let schedule = LinearWarmup(steps: 500, before: CosineSchedule(0.4, steps: 9_500))
/// ```
/// Large rates do harm while the weights are still far from anything sensible. Goyal and others 2017, "Accurate, large minibatch
/// SGD: training ImageNet in 1 hour", section 2.2.
public struct LinearWarmup: Schedule {
  /// W.
  public let steps: Int
  /// f, the first rate as a share of β(0).
  public let startShare: Double
  /// β.
  public let schedule: any Schedule

  /// A warm-up and what follows it.
  ///
  /// - Parameters:
  ///   - steps: W, at least 0.
  ///   - startShare: f in `0 ... 1`. Default 0.
  ///   - schedule: β, which begins W steps later.
  public init(steps: Int, from startShare: Double = 0, before schedule: any Schedule) {
    requireWhole("LinearWarmup", "number of steps", steps, atLeast: 0)
    guard (0...1).contains(startShare) else { stop("LinearWarmup", "the share \(startShare) is not in 0 ... 1") }
    self.steps = steps
    self.startShare = startShare
    self.schedule = schedule
  }

  public func rate(at step: Int) -> Double {
    guard step < steps, steps > 0 else { return schedule.rate(at: step - steps) }
    return schedule.rate(at: 0) * (startShare + (1 - startShare) * progress(step, of: steps))
  }
}
