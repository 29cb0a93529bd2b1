import Foundation
import Optimizers

/// How the learning rate changes over a run, in epochs, whatever the number of steps in one.
public indirect enum ScheduleSettings: Sendable, Hashable, Codable {
  /// The same rate throughout.
  case constant
  /// Multiplied by `factor` every `epochs` epochs.
  case step(epochs: Int, factor: Double)
  /// Half a cosine down to `finalRate` at the end of the run.
  case cosine(finalRate: Double)
  /// Multiplied by `factor` at the end of each of the epochs.
  case milestones(epochs: [Int], factor: Double)
  /// Multiplied by `factor` in each epoch, a little in each step.
  case exponential(factor: Double)
  /// Falling by `power` of what is left of the run, to `finalRate`; a line for power 1.
  case polynomial(power: Double, finalRate: Double)
  /// Half a cosine down to `finalRate` in the first `epochs` epochs, then again from the top, each time `growth` times as
  /// long.
  case restarts(epochs: Int, growth: Int, finalRate: Double)
  /// Up from a 25th of the rate and down to almost nothing, along half cosines.
  case oneCycle
  /// By the inverse of the root of the number of steps.
  case inverseSquareRoot
  /// By 1/(1 + `decay` · epochs), a little in each step.
  case inverseTime(decay: Double)
  /// Multiplied by `factor` after more than `patience` epochs in a row in which the validation images were not recognised
  /// better, never below `finalRate`. Better is by more than `threshold`, a share of the best so far (nil for 1e-4); after a
  /// fall `cooldown` epochs (nil for none) do not count. See `PlateauSchedule`.
  case plateau(
    factor: Double, patience: Int, watching: WatchedFigure, finalRate: Double, threshold: Double? = nil,
    cooldown: Int? = nil)
  /// Another schedule, the rate rising from 0 along a line in the first epochs.
  case warmup(epochs: Int, then: ScheduleSettings)

  /// Half a cosine down to 0.
  public static let cosine = ScheduleSettings.cosine(finalRate: 0)

  /// The schedule's name in commands: `constant`, `step`, `cosine`, `one-cycle`.
  public var name: String {
    switch self {
    case .constant: "constant"
    case .step: "step"
    case .cosine: "cosine"
    case .milestones: "milestones"
    case .exponential: "exponential"
    case .polynomial: "polynomial"
    case .restarts: "restarts"
    case .oneCycle: "one-cycle"
    case .inverseSquareRoot: "inverse-square-root"
    case .inverseTime: "inverse-time"
    case .plateau: "plateau"
    case .warmup(_, let next): next.name
    }
  }

  /// Checks the numbers.
  ///
  /// - Throws: ``SettingsError`` for the first that cannot be followed.
  public func validate() throws(SettingsError) {
    switch self {
    case .constant, .oneCycle, .inverseSquareRoot: break
    case .step(let epochs, let factor):
      try requireEpochs("scheduleEpochs", epochs)
      try requirePositive("scheduleFactor", factor)
    case .cosine(let finalRate): try requireNotNegative("finalRate", finalRate)
    case .milestones(let epochs, let factor):
      guard !epochs.isEmpty else { throw SettingsError("milestones", expected: "at least one epoch", found: "none") }
      for epoch in epochs { try requireEpochs("milestones", epoch) }
      try requirePositive("scheduleFactor", factor)
    case .exponential(let factor):
      guard factor > 0, factor <= 1 else {
        throw SettingsError("scheduleFactor", expected: "a number above 0 and at most 1", found: "\(factor)")
      }
    case .polynomial(let power, let finalRate):
      try requirePositive("schedulePower", power)
      try requireNotNegative("finalRate", finalRate)
    case .restarts(let epochs, let growth, let finalRate):
      try requireEpochs("scheduleEpochs", epochs)
      try requireEpochs("scheduleGrowth", growth)
      try requireNotNegative("finalRate", finalRate)
    case .inverseTime(let decay): try requireNotNegative("scheduleDecay", decay)
    case .plateau(let factor, let patience, _, let finalRate, let threshold, let cooldown):
      try requireFraction("scheduleFactor", factor)
      try requireWhole("schedulePatience", patience, atLeast: 0)
      try requireNotNegative("finalRate", finalRate)
      try requireFraction("scheduleThreshold", threshold ?? 0)
      try requireWhole("scheduleCooldown", cooldown ?? 0, atLeast: 0)
    case .warmup(let epochs, let next):
      try requireEpochs("warmupEpochs", epochs)
      try next.validate()
    }
  }
}

/// Throws unless `number` is one of epochs, of which all steps can be counted.
private func requireEpochs(_ setting: String, _ number: Int) throws(SettingsError) {
  guard (1...1_000_000_000).contains(number) else {
    throw SettingsError(setting, expected: "a whole number from 1 to 1000000000", found: "\(number)")
  }
}

extension ScheduleSettings {
  /// What a ``TrainingPlan`` needs for a schedule that falls on plateaus; nil for the others.
  public func plateau(learningRate: Double) -> PlateauSchedule? {
    switch self {
    case .plateau(let factor, let patience, let figure, let finalRate, let threshold, let cooldown):
      PlateauSchedule(
        1, goal: figure == .loss ? .smallest : .largest, factor: factor, patience: patience,
        threshold: threshold ?? 1e-4, cooldown: cooldown ?? 0, lowestRate: min(finalRate / learningRate, 1))
    case .warmup(_, let next): next.plateau(learningRate: learningRate)
    default: nil
    }
  }

  /// The rate of each step of a run of `epochs` epochs of `stepsPerEpoch` steps, for numbers that pass ``validate()``. On
  /// plateaus it is multiplied by what ``plateau(learningRate:)`` gives.
  public func makeSchedule(learningRate rate: Double, epochs: Int, stepsPerEpoch: Int) -> any Schedule {
    let steps = epochs * stepsPerEpoch
    switch self {
    case .constant, .plateau: return ConstantSchedule(rate)
    case .inverseTime(let decay): return InverseTimeSchedule(rate, decay: decay / Double(stepsPerEpoch))
    case .step(let interval, let factor): return StepSchedule(rate, every: interval * stepsPerEpoch, factor: factor)
    case .cosine(let finalRate): return CosineSchedule(rate, steps: steps, finalRate: finalRate)
    case .milestones(let milestones, let factor):
      return MultiStepSchedule(rate, at: milestones.map { $0 * stepsPerEpoch }, factor: factor)
    case .exponential(let factor):
      // A step's part of the epoch's factor, by its logarithm: the root would round to 1 where there are many.
      return ExponentialSchedule(rate, decay: -log(factor) / Double(stepsPerEpoch))
    case .polynomial(let power, let finalRate):
      return PolynomialSchedule(rate, steps: steps, power: power, finalRate: finalRate)
    case .restarts(let first, let growth, let finalRate):
      return WarmRestartsSchedule(rate, firstSteps: first * stepsPerEpoch, growth: growth, finalRate: finalRate)
    case .oneCycle: return OneCycleSchedule(rate, steps: steps)
    case .inverseSquareRoot: return InverseSquareRootSchedule(rate, steps: stepsPerEpoch)
    case .warmup(let rising, let next):
      let schedule = next.makeSchedule(
        learningRate: rate, epochs: max(1, epochs - rising), stepsPerEpoch: stepsPerEpoch)
      return LinearWarmup(steps: rising * stepsPerEpoch, before: schedule)
    }
  }
}
