import Foundation
import TensorCore

/// A rule for the learning rate of each step. A value: the same step always has the same rate.
public protocol Schedule: Sendable {
  /// The learning rate of step `step`, counted from 0.
  func rate(at step: Int) -> Double
}

/// The same rate at every step.
public struct ConstantSchedule: Schedule {
  /// The rate.
  public let rate: Double

  /// The given rate at every step.
  public init(_ rate: Double) { self.rate = rate }

  public func rate(at step: Int) -> Double { rate }
}

/// Multiplies the rate by a factor every so many steps: α(t) = α₀ γ^⌊t / interval⌋.
public struct StepSchedule: Schedule {
  /// α₀.
  public let initialRate: Double
  /// The number of steps at one rate.
  public let interval: Int
  /// γ.
  public let factor: Double

  /// - Parameters:
  ///   - initialRate: α₀.
  ///   - interval: the number of steps at one rate, at least 1.
  ///   - factor: γ. Default 0.1.
  public init(_ initialRate: Double, every interval: Int, factor: Double = 0.1) {
    guard interval >= 1 else { stop("StepSchedule", "the interval must be at least 1, not \(interval)") }
    self.initialRate = initialRate
    self.interval = interval
    self.factor = factor
  }

  public func rate(at step: Int) -> Double { initialRate * pow(factor, Double(step / interval)) }
}

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

  /// - Parameters:
  ///   - initialRate: α₀.
  ///   - steps: T, at least 1.
  ///   - finalRate: α₁. Default 0.
  public init(_ initialRate: Double, steps: Int, finalRate: Double = 0) {
    guard steps >= 1 else { stop("CosineSchedule", "the number of steps must be at least 1, not \(steps)") }
    self.initialRate = initialRate
    self.steps = steps
    self.finalRate = finalRate
  }

  public func rate(at step: Int) -> Double {
    let progress = Double(min(max(step, 0), steps)) / Double(steps)
    return finalRate + 0.5 * (initialRate - finalRate) * (1 + cos(.pi * progress))
  }
}
