import Datasets
import NNLayers
import TensorCore

/// The objective of a search for settings of a training: a network is trained by a trial's settings and measured on
/// images that it did not learn from.
///
/// ```swift
/// let splits = try Digits().load()
/// let parts = try splits.training.stratifiedSplit(fraction: 0.2, seed: 1)
/// let preprocessing = try Digits().preprocessing(fittedTo: parts.remaining)
/// let base = RunSettings(
///   model: "lenet5", dataset: "digits", classNames: splits.training.classNames, epochs: 10, batchSize: 32,
///   learningRate: 0.1, optimizer: .momentum, schedule: .cosine, seed: 1, threads: 2, preprocessing: preprocessing)
/// let objective = TrainingObjective(training: parts.remaining, validation: parts.chosen) { trial in
///   var settings = base
///   settings.learningRate = trial.point.number("learningRate")
///   return settings
/// } model: { _ in LeNet5() }
/// let space = SearchSpace([.init("learningRate", .logarithmic(lower: 1e-3, upper: 1))])
/// let search = Search(space, .random(trials: 20), goal: .largest)
/// let outcome = try search.run { trial in try objective.accuracy(trial) }
/// ```
/// Both sets are parts of the training images: test images take no part in a choice.
public struct TrainingObjective {
  /// The images to learn from.
  public let training: ImageDataset
  /// The images to measure with, held out of the training images.
  public let validation: ImageDataset
  private let settings: (SearchTrial) throws -> RunSettings
  private let model: (RunSettings) throws -> any Layer

  /// An objective.
  ///
  /// - Parameters:
  ///   - training: the images to learn from.
  ///   - validation: the images to measure with, held out of the training images.
  ///   - settings: what a trial trains with. A trial's budget, if it has one, then takes the place of the epochs.
  ///   - model: a new network for the settings; made within `seeded(settings.seed)`.
  public init(
    training: ImageDataset, validation: ImageDataset, settings: @escaping (SearchTrial) throws -> RunSettings,
    model: @escaping (RunSettings) throws -> any Layer
  ) {
    self.training = training
    self.validation = validation
    self.settings = settings
    self.model = model
  }

  /// The share of the validation images that the trained network recognises, with the weights that the settings keep; not a number
  /// where the training diverges.
  ///
  /// - Parameters:
  ///   - trial: what is tried.
  ///   - stop: asks for an end in the middle of the training.
  ///   - observer: called with each event of the training.
  /// - Throws: ``SearchInterruption`` after a stop, ``SettingsError`` for settings that cannot be followed, what says that
  ///   network and images do not fit, and what the closures throw.
  public func accuracy(
    _ trial: SearchTrial, until stop: StopRequest = StopRequest(), observer: (TrainingEvent) throws -> Void = { _ in }
  ) throws -> Double {
    var settings = try self.settings(trial)
    if let budget = trial.budget { settings.epochs = budget }
    try settings.validate()
    let model = try seeded(settings.seed) { try self.model(settings) }
    try settings.completePlan.check(model)
    let training = PreparedImages(training, settings.preprocessing)
    try checkFit(model, training)
    let trainer = try Trainer(
      model, settings, training: training, validation: PreparedImages(validation, settings.preprocessing), test: nil)
    do {
      guard try trainer.run(until: stop, observer: observer) else { throw SearchInterruption() }
    } catch let error as TrainingError where error.isDivergence {
      return .nan
    }
    let last = trainer.progress.history.count
    let epoch = settings.keptWeights == .best ? trainer.bestEpoch ?? last : last
    return trainer.progress.history[epoch - 1].validationAccuracy ?? .nan
  }
}

extension TrainingError {
  /// Whether numbers grew beyond all bounds.
  fileprivate var isDivergence: Bool {
    switch self {
    case .diverged, .gradientDiverged: true
    case .outputMismatch, .nothingToLearn: false
    }
  }
}
