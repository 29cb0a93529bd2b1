import TensorCore

/// Lowers the rate when a measure, such as the loss of a validation set, stops getting better.
///
/// After more than `patience` measurements in a row without a new best the rate is multiplied by `factor`; then `cooldown`
/// measurements are not held against it. A measurement is a new best when it beats the best by more than the
/// `threshold`, a share of the best or an amount. It depends on what is measured, so it is no ``Schedule``: it is a value
/// that is told, and saving it saves all.
///
/// ```swift
/// var plateau = PlateauSchedule(0.1, patience: 3)
/// for epoch in 0..<epochs {
///   let validationLoss = try train(epoch)
///   optimizer.learningRate = plateau.observe(validationLoss)
/// }
/// ```
/// Steps as PyTorch's `ReduceLROnPlateau` has them.
public struct PlateauSchedule: Sendable, Hashable, Codable {
  /// Which way is better.
  public enum Goal: String, Sendable, Hashable, Codable {
    /// Smaller is better: a loss.
    case smallest
    /// Larger is better: an accuracy.
    case largest
  }

  /// What the threshold is measured in.
  public enum ThresholdMode: String, Sendable, Hashable, Codable {
    /// A share of the best.
    case relative
    /// An amount.
    case absolute
  }

  /// Which way is better.
  public let goal: Goal
  /// What the rate is multiplied by.
  public let factor: Double
  /// The number of measurements without a new best that are borne.
  public let patience: Int
  /// By how much a new best must beat the old.
  public let threshold: Double
  /// What the threshold is measured in.
  public let thresholdMode: ThresholdMode
  /// The number of measurements after a change that are not held against the rate.
  public let cooldown: Int
  /// The lowest rate.
  public let lowestRate: Double

  /// The rate now.
  public private(set) var rate: Double
  /// The best measurement so far; nil before the first that is a number.
  public private(set) var best: Double?
  /// The number of measurements since the best, or since the last change.
  public private(set) var badCount = 0
  /// The number of measurements that are still not held against the rate.
  public private(set) var cooldownLeft = 0

  /// Changes of the rate below this are not made.
  private static let smallestChange = 1e-8

  /// A schedule that has not measured anything yet.
  ///
  /// - Parameters:
  ///   - rate: the first rate.
  ///   - goal: which way is better. Default: smaller.
  ///   - factor: what the rate is multiplied by, in `0 ..< 1`. Default 0.1.
  ///   - patience: the number of measurements without a new best that are borne. Default 10.
  ///   - threshold: by how much a new best must beat the old. Default 1e-4.
  ///   - thresholdMode: what the threshold is measured in. Default: a share of the best.
  ///   - cooldown: the number of measurements after a change that are not held against the rate. Default 0.
  ///   - lowestRate: the lowest rate. Default 0.
  public init(
    _ rate: Double, goal: Goal = .smallest, factor: Double = 0.1, patience: Int = 10, threshold: Double = 1e-4,
    thresholdMode: ThresholdMode = .relative, cooldown: Int = 0, lowestRate: Double = 0
  ) {
    requireNotNegative("PlateauSchedule", "rate", rate)
    requireFraction("PlateauSchedule", "factor", factor)
    requireWhole("PlateauSchedule", "patience", patience, atLeast: 0)
    requireNotNegative("PlateauSchedule", "threshold", threshold)
    requireWhole("PlateauSchedule", "cooldown", cooldown, atLeast: 0)
    requireNotNegative("PlateauSchedule", "lowest rate", lowestRate)
    self.rate = rate
    self.goal = goal
    self.factor = factor
    self.patience = patience
    self.threshold = threshold
    self.thresholdMode = thresholdMode
    self.cooldown = cooldown
    self.lowestRate = lowestRate
  }

  /// Takes a measurement; returns the rate from here on. A NaN is never a new best.
  @discardableResult
  public mutating func observe(_ measurement: Double) -> Double {
    if isBetter(measurement) {
      best = measurement
      badCount = 0
    } else {
      badCount += 1
    }
    if cooldownLeft > 0 {
      cooldownLeft -= 1
      badCount = 0
    }
    if badCount > patience {
      let lower = max(rate * factor, lowestRate)
      if rate - lower > Self.smallestChange { rate = lower }
      cooldownLeft = cooldown
      badCount = 0
    }
    return rate
  }

  private func isBetter(_ measurement: Double) -> Bool {
    let best = best ?? (goal == .smallest ? .infinity : -.infinity)
    switch (goal, thresholdMode) {
    case (.smallest, .relative): return measurement < best * (1 - threshold)
    case (.smallest, .absolute): return measurement < best - threshold
    case (.largest, .relative): return measurement > best * (1 + threshold)
    case (.largest, .absolute): return measurement > best + threshold
    }
  }
}
