import Optimizers

/// How the learning rate changes over a run, in epochs, whatever the number of steps in one.
public enum ScheduleSettings: Sendable, Hashable, Codable {
  /// The same rate throughout.
  case constant
  /// Multiplied by `factor` every `epochs` epochs.
  case step(epochs: Int, factor: Double)
  /// Half a cosine down to `finalRate` at the end of the run.
  case cosine(finalRate: Double)

  /// Half a cosine down to 0.
  public static let cosine = ScheduleSettings.cosine(finalRate: 0)

  /// The schedule's name in commands: `constant`, `step`, `cosine`.
  public var name: String {
    switch self {
    case .constant: "constant"
    case .step: "step"
    case .cosine: "cosine"
    }
  }

  /// Checks the numbers.
  ///
  /// - Throws: ``SettingsError`` for the first that cannot be followed.
  public func validate() throws(SettingsError) {
    switch self {
    case .constant: break
    case .step(let epochs, let factor):
      try requireWhole("scheduleEpochs", epochs)
      try requirePositive("scheduleFactor", factor)
    case .cosine(let finalRate): try requireNotNegative("finalRate", finalRate)
    }
  }

  /// The rate of each step of a run of `epochs` epochs of `stepsPerEpoch` steps, for numbers that pass ``validate()``.
  public func makeSchedule(learningRate: Double, epochs: Int, stepsPerEpoch: Int) -> any Schedule {
    switch self {
    case .constant: ConstantSchedule(learningRate)
    case .step(let interval, let factor):
      StepSchedule(learningRate, every: interval * stepsPerEpoch, factor: factor)
    case .cosine(let finalRate):
      CosineSchedule(learningRate, steps: epochs * stepsPerEpoch, finalRate: finalRate)
    }
  }
}
