import Foundation
import TensorCore

/// Falls by the same factor with each step: α(t) = α₀ e^(-k t) = α₀ γᵗ.
public struct ExponentialSchedule: Schedule {
  /// α₀.
  public let initialRate: Double
  /// k; γ = e⁻ᵏ.
  public let decay: Double

  /// The schedule with the given numbers.
  ///
  /// - Parameters:
  ///   - initialRate: α₀.
  ///   - decay: k, at least 0.
  public init(_ initialRate: Double, decay: Double) {
    requireNotNegative("ExponentialSchedule", "rate", initialRate)
    requireNotNegative("ExponentialSchedule", "decay", decay)
    self.initialRate = initialRate
    self.decay = decay
  }

  /// The schedule with the given numbers.
  ///
  /// - Parameters:
  ///   - initialRate: α₀.
  ///   - factor: γ in `0 < γ ≤ 1`, by which each step's rate is that of the one before.
  public init(_ initialRate: Double, factor: Double) {
    guard factor > 0, factor <= 1 else {
      stop("ExponentialSchedule", "the factor \(factor) must be above 0 and at most 1")
    }
    self.init(initialRate, decay: -log(factor))
  }

  public func rate(at step: Int) -> Double { initialRate * exp(-decay * Double(max(step, 0))) }
}

/// Falls with the inverse of time: α(t) = α₀ / (1 + k t).
///
/// Robbins and Monro 1951: such rates make the noise of stochastic steps die out and still go any distance.
public struct InverseTimeSchedule: Schedule {
  /// α₀.
  public let initialRate: Double
  /// k.
  public let decay: Double

  /// The schedule with the given numbers.
  ///
  /// - Parameters:
  ///   - initialRate: α₀.
  ///   - decay: k, at least 0.
  public init(_ initialRate: Double, decay: Double) {
    requireNotNegative("InverseTimeSchedule", "rate", initialRate)
    requireNotNegative("InverseTimeSchedule", "decay", decay)
    self.initialRate = initialRate
    self.decay = decay
  }

  public func rate(at step: Int) -> Double { initialRate / (1 + decay * Double(max(step, 0))) }
}

/// Falls with the inverse root of time: α(t) = α₀ √(T / max(t, T)): constant for T steps, then α₀ √(T / t).
///
/// With T = 1 it is α₀ / √t from the first step on. Vaswani and others 2017, "Attention is all you need", with a
/// ``LinearWarmup`` of T steps in front.
public struct InverseSquareRootSchedule: Schedule {
  /// α₀.
  public let initialRate: Double
  /// T.
  public let steps: Int

  /// The schedule with the given numbers.
  ///
  /// - Parameters:
  ///   - initialRate: α₀.
  ///   - steps: T, the number of steps at the first rate, at least 1. Default 1.
  public init(_ initialRate: Double, steps: Int = 1) {
    requireNotNegative("InverseSquareRootSchedule", "rate", initialRate)
    requireWhole("InverseSquareRootSchedule", "number of steps", steps)
    self.initialRate = initialRate
    self.steps = steps
  }

  public func rate(at step: Int) -> Double { initialRate * (Double(steps) / Double(max(step, steps))).squareRoot() }
}

/// Falls along a power to a last rate: α(t) = α₁ + (α₀ - α₁) (1 - t/T)ᵖ; α₁ after T steps.
public struct PolynomialSchedule: Schedule {
  /// α₀.
  public let initialRate: Double
  /// T.
  public let steps: Int
  /// p.
  public let power: Double
  /// α₁.
  public let finalRate: Double

  /// The schedule with the given numbers.
  ///
  /// - Parameters:
  ///   - initialRate: α₀.
  ///   - steps: T, at least 1.
  ///   - power: p above 0. Default 1: a straight line.
  ///   - finalRate: α₁. Default 0.
  public init(_ initialRate: Double, steps: Int, power: Double = 1, finalRate: Double = 0) {
    requireNotNegative("PolynomialSchedule", "rate", initialRate)
    requireNotNegative("PolynomialSchedule", "final rate", finalRate)
    requireWhole("PolynomialSchedule", "number of steps", steps)
    requirePositive("PolynomialSchedule", "power", power)
    self.initialRate = initialRate
    self.steps = steps
    self.power = power
    self.finalRate = finalRate
  }

  public func rate(at step: Int) -> Double {
    finalRate + (initialRate - finalRate) * pow(1 - progress(step, of: steps), power)
  }
}

/// A straight line from the first rate to the last, up or down: α(t) = α₀ + (α₁ - α₀) t/T; α₁ after T steps.
public struct LinearSchedule: Schedule {
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
    requireNotNegative("LinearSchedule", "rate", initialRate)
    requireNotNegative("LinearSchedule", "final rate", finalRate)
    requireWhole("LinearSchedule", "number of steps", steps)
    self.initialRate = initialRate
    self.steps = steps
    self.finalRate = finalRate
  }

  public func rate(at step: Int) -> Double {
    initialRate + (finalRate - initialRate) * progress(step, of: steps)
  }
}

/// t/T, kept within 0 and 1.
func progress(_ step: Int, of steps: Int) -> Double { Double(min(max(step, 0), steps)) / Double(steps) }
