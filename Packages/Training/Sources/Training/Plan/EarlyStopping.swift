/// A figure of the validation images that a training is steered by.
public enum WatchedFigure: String, Sendable, Hashable, Codable, CaseIterable {
  /// The mean loss: smaller is better.
  case loss
  /// The share that is recognised: larger is better.
  case accuracy

  /// The figure of an epoch; nil if it has no validation images.
  public func value(of epoch: EpochReport) -> Double? {
    switch self {
    case .loss: epoch.validationLoss
    case .accuracy: epoch.validationAccuracy
    }
  }

  /// Whether a value is better than another by more than an amount. NaN is never better; any number is better than none.
  public func isBetter(_ value: Double, than other: Double?, by amount: Double = 0) -> Bool {
    guard !value.isNaN else { return false }
    guard let other else { return true }
    switch self {
    case .loss: return value < other - amount
    case .accuracy: return value > other + amount
    }
  }

  /// The number of the epoch with the best value, the first of equals; nil without a measured one.
  public func bestEpoch(of history: [EpochReport], by amount: Double = 0) -> Int? {
    var best: (epoch: Int, value: Double)?
    for epoch in history {
      guard let value = value(of: epoch), isBetter(value, than: best?.value, by: amount) else { continue }
      best = (epoch.epoch, value)
    }
    return best?.epoch
  }
}

/// Ends a training when the validation images are no longer recognised better.
///
/// ```swift
/// let plan = TrainingPlan(earlyStopping: EarlyStopping(patience: 5))
/// ```
/// Stops after `patience` epochs in a row without a new best; a new best beats the old one by more than `minimumChange`.
/// Everything is read off the history, so that a resumed training stops where it would have stopped. ``Trainer/restoreBest()``
/// goes back to the best weights.
///
/// Prechelt 1998, "Early stopping: but when?"
public struct EarlyStopping: Sendable, Hashable, Codable {
  /// The epochs in a row without a new best after which the training ends.
  public var patience: Int
  /// By how much a new best must beat the old one.
  public var minimumChange: Double
  /// What is watched.
  public var watching: WatchedFigure

  /// - Parameters:
  ///   - patience: the epochs in a row without a new best after which the training ends, at least 1.
  ///   - minimumChange: by how much a new best must beat the old one, at least 0. Default 0.
  ///   - watching: what is watched. Default: the validation loss.
  public init(patience: Int, minimumChange: Double = 0, watching: WatchedFigure = .loss) {
    self.patience = patience
    self.minimumChange = minimumChange
    self.watching = watching
  }

  /// Whether a training with this history ends.
  public func isDue(after history: [EpochReport]) -> Bool {
    guard let last = history.last?.epoch else { return false }
    return last - (watching.bestEpoch(of: history, by: minimumChange) ?? 0) >= patience
  }
}
