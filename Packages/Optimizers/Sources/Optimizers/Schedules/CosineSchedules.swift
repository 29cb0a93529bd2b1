import Foundation
import TensorCore

/// Half a cosine from the first rate down to the last: α(t) = α₁ + ½ (α₀ - α₁)(1 + cos(π t / T)); α₁ after T steps.
///
/// Loshchilov and Hutter 2017, "SGDR: stochastic gradient descent with warm restarts".
public struct CosineSchedule: Schedule {
  /// α₀.
  public let initialRate: Double
  /// T.
  public let steps: Int
  /// α₁.
  public let finalRate: Double

  /// The schedule with the given numbers.
  ///
  /// - Parameters:
  ///   - initialRate: α₀.
  ///   - steps: T, at least 1.
  ///   - finalRate: α₁. Default 0.
  public init(_ initialRate: Double, steps: Int, finalRate: Double = 0) {
    requireNotNegative("CosineSchedule", "rate", initialRate)
    requireNotNegative("CosineSchedule", "final rate", finalRate)
    requireWhole("CosineSchedule", "number of steps", steps)
    self.initialRate = initialRate
    self.steps = steps
    self.finalRate = finalRate
  }

  public func rate(at step: Int) -> Double { halfCosine(from: initialRate, to: finalRate, progress(step, of: steps)) }
}

/// Half cosines one after the other: each falls from the first rate to the last, and then the rate starts anew. The first
/// takes T₀ steps, each later one `growth` times as many as the one before.
///
/// ```swift
/// let schedule = WarmRestartsSchedule(0.1, firstSteps: 10, growth: 2)  // restarts at steps 10, 30, 70, …
/// ```
/// Loshchilov and Hutter 2017, "SGDR: stochastic gradient descent with warm restarts".
public struct WarmRestartsSchedule: Schedule {
  /// The rate at each restart.
  public let initialRate: Double
  /// T₀.
  public let firstSteps: Int
  /// By how much each cycle is longer than the one before.
  public let growth: Int
  /// The rate that each cycle falls to, without reaching it.
  public let finalRate: Double

  /// The schedule with the given numbers.
  ///
  /// - Parameters:
  ///   - initialRate: the rate at each restart.
  ///   - firstSteps: T₀, at least 1.
  ///   - growth: by how much each cycle is longer than the one before, at least 1. Default 1.
  ///   - finalRate: the rate that each cycle falls to. Default 0.
  public init(_ initialRate: Double, firstSteps: Int, growth: Int = 1, finalRate: Double = 0) {
    requireNotNegative("WarmRestartsSchedule", "rate", initialRate)
    requireNotNegative("WarmRestartsSchedule", "final rate", finalRate)
    requireWhole("WarmRestartsSchedule", "number of first steps", firstSteps)
    requireWhole("WarmRestartsSchedule", "growth", growth)
    self.initialRate = initialRate
    self.firstSteps = firstSteps
    self.growth = growth
    self.finalRate = finalRate
  }

  public func rate(at step: Int) -> Double {
    var step = max(step, 0), length = firstSteps
    if growth == 1 { step %= firstSteps }
    while step >= length {
      step -= length
      let (next, isTooLong) = length.multipliedReportingOverflow(by: growth)
      length = isTooLong ? .max : next
    }
    return halfCosine(from: initialRate, to: finalRate, progress(step, of: length))
  }
}

/// Half a cosine from `start` at 0 to `end` at 1.
func halfCosine(from start: Double, to end: Double, _ progress: Double) -> Double {
  end + 0.5 * (start - end) * (1 + cos(.pi * progress))
}
