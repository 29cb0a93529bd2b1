/// How far a training has come: what must be known, beside weights and optimiser, to go on as if it had never stopped.
public struct TrainingProgress: Sendable, Equatable, Codable {
  /// Sums over the images of the epoch under way.
  public struct Sums: Sendable, Equatable, Codable {
    /// The images so far.
    public var images = 0
    /// Those that were recognised.
    public var correct = 0
    /// The sum of their losses.
    public var loss = 0.0
    /// The time spent on them, in seconds.
    public var seconds = 0.0

    /// The mean loss; NaN without an image.
    public var meanLoss: Double { loss / Double(images) }
    /// The share recognised; NaN without an image.
    public var accuracy: Double { Double(correct) / Double(images) }
  }

  /// The steps done.
  public var step = 0
  /// The epochs done and measured.
  public var epoch = 0
  /// The steps done in the epoch under way; all of them if only its measurement is left.
  public var batch = 0
  /// Sums over the epoch under way.
  public var sums = Sums()
  /// The figures of the epochs done.
  public var history: [EpochReport] = []
  /// Why the training ends before all its epochs; nil as long as it does not.
  public var ending: TrainingEnding?

  /// The start of a training.
  public init() {}

  /// Whether a training of so many epochs is done and measured.
  public func isFinished(epochs: Int) -> Bool { epoch == epochs || (ending != nil && batch == 0) }
}

/// Why a training ended before all its epochs were done.
public enum TrainingEnding: String, Sendable, Hashable, Codable {
  /// Validation no longer got better; see ``EarlyStopping``.
  case earlyStopping
  /// See ``TrainingPlan/stepBudget``.
  case stepBudget
  /// See ``TrainingPlan/timeBudget``.
  case timeBudget
}
