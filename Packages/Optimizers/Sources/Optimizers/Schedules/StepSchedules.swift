import Foundation
import TensorCore

/// Multiplies the rate by a factor every so many steps: α(t) = α₀ γ^⌊t / interval⌋.
///
/// ```swift
/// let schedule = StepSchedule(0.1, every: 30 * stepsPerEpoch)  // ×0.1 at epochs 30, 60, 90
/// ```
public struct StepSchedule: Schedule {
  /// α₀.
  public let initialRate: Double
  /// The number of steps at one rate.
  public let interval: Int
  /// γ.
  public let factor: Double

  /// The schedule with the given numbers.
  ///
  /// - Parameters:
  ///   - initialRate: α₀.
  ///   - interval: the number of steps at one rate, at least 1.
  ///   - factor: γ above 0. Default 0.1.
  public init(_ initialRate: Double, every interval: Int, factor: Double = 0.1) {
    requireNotNegative("StepSchedule", "rate", initialRate)
    requireWhole("StepSchedule", "interval", interval)
    requirePositive("StepSchedule", "factor", factor)
    self.initialRate = initialRate
    self.interval = interval
    self.factor = factor
  }

  /// Halves the rate every T₀ steps: α(t) = α₀ (1/2)^⌊t / T₀⌋.
  public static func halving(_ initialRate: Double, every interval: Int) -> StepSchedule {
    StepSchedule(initialRate, every: interval, factor: 0.5)
  }

  public func rate(at step: Int) -> Double { initialRate * pow(factor, Double(max(step, 0) / interval)) }
}

/// Multiplies the rate by a factor at each of some steps: α(t) = α₀ γ^(number of milestones ≤ t).
///
/// ```swift
/// let schedule = MultiStepSchedule(0.1, at: [32_000, 48_000])  // the residual networks' on CIFAR-10
/// ```
public struct MultiStepSchedule: Schedule {
  /// α₀.
  public let initialRate: Double
  /// The first steps of new rates, ascending.
  public let milestones: [Int]
  /// γ.
  public let factor: Double

  /// The schedule with the given numbers.
  ///
  /// - Parameters:
  ///   - initialRate: α₀.
  ///   - milestones: the first steps of new rates; one that comes twice counts twice.
  ///   - factor: γ above 0. Default 0.1.
  public init(_ initialRate: Double, at milestones: [Int], factor: Double = 0.1) {
    requireNotNegative("MultiStepSchedule", "rate", initialRate)
    requirePositive("MultiStepSchedule", "factor", factor)
    self.initialRate = initialRate
    self.milestones = milestones.sorted()
    self.factor = factor
  }

  public func rate(at step: Int) -> Double {
    initialRate * pow(factor, Double(milestones.prefix { $0 <= step }.count))
  }
}
