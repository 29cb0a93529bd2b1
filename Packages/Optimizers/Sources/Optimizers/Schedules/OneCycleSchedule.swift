import TensorCore

/// One cycle: up to a high rate, and down to a very low one by the end, along half cosines or straight lines.
///
/// With T steps, the share p of them rising, and the rates low = high / `divisor` and last = low / `finalDivisor`:
///
///     two phases      low → high until step pT - 1, high → last until step T - 1
///     three phases    low → high until pT - 1, high → low until 2pT - 2, low → last until T - 1
///
/// ```swift
/// let schedule = OneCycleSchedule(1.0, steps: epochs * stepsPerEpoch)
/// ```
/// Smith and Topin 2018, "Super-convergence: very fast training of neural networks using large learning rates". Steps as
/// PyTorch's `OneCycleLR` has them, without its cycle of the momentum.
public struct OneCycleSchedule: Schedule {
  /// How a phase goes from one rate to the next.
  public enum Course: Sendable, Hashable {
    /// Along half a cosine.
    case cosine
    /// Along a straight line.
    case linear
  }

  /// The highest rate.
  public let highestRate: Double
  /// T.
  public let steps: Int
  /// p.
  public let risingShare: Double
  /// What the highest rate is divided by for the first.
  public let divisor: Double
  /// What the first rate is divided by for the last.
  public let finalDivisor: Double
  /// Whether the rate falls to the first before it falls to the last.
  public let hasThreePhases: Bool
  /// How a phase goes from one rate to the next.
  public let course: Course

  /// The schedule with the given numbers.
  ///
  /// - Parameters:
  ///   - highestRate: the highest rate.
  ///   - steps: T, at least 1.
  ///   - risingShare: p in `0 ... 1`, in `0 ... 0.5` for three phases. Default 0.3.
  ///   - divisor: what the highest rate is divided by for the first. Default 25.
  ///   - finalDivisor: what the first rate is divided by for the last. Default 10,000.
  ///   - hasThreePhases: whether the rate falls to the first before it falls to the last. Default false.
  ///   - course: how a phase goes from one rate to the next. Default along half a cosine.
  public init(
    _ highestRate: Double, steps: Int, risingShare: Double = 0.3, divisor: Double = 25, finalDivisor: Double = 1e4,
    hasThreePhases: Bool = false, course: Course = .cosine
  ) {
    requireNotNegative("OneCycleSchedule", "rate", highestRate)
    requireWhole("OneCycleSchedule", "number of steps", steps)
    requirePositive("OneCycleSchedule", "divisor", divisor)
    requirePositive("OneCycleSchedule", "final divisor", finalDivisor)
    let most = hasThreePhases ? 0.5 : 1
    guard (0...most).contains(risingShare) else {
      stop("OneCycleSchedule", "the rising share \(risingShare) is not in 0 ... \(most)")
    }
    self.highestRate = highestRate
    self.steps = steps
    self.risingShare = risingShare
    self.divisor = divisor
    self.finalDivisor = finalDivisor
    self.hasThreePhases = hasThreePhases
    self.course = course
  }

  public func rate(at step: Int) -> Double {
    let low = highestRate / divisor, last = low / finalDivisor
    let top = risingShare * Double(steps) - 1, end = Double(steps - 1)
    let now = Double(min(max(step, 0), steps - 1))
    if now <= top { return between(low, highestRate, (now, 0, top)) }
    guard hasThreePhases else { return between(highestRate, last, (now, top, end)) }
    let bottom = 2 * top
    return now <= bottom
      ? between(highestRate, low, (now, top, bottom)) : between(low, last, (now, bottom, end))
  }

  private func between(_ first: Double, _ second: Double, _ time: (now: Double, start: Double, end: Double)) -> Double {
    let share = time.end > time.start ? (time.now - time.start) / (time.end - time.start) : 1
    switch course {
    case .cosine: return halfCosine(from: first, to: second, share)
    case .linear: return first + (second - first) * share
    }
  }
}
