import Datasets
import Foundation
import NNLayers
import TensorCore

/// A training with a folder: it writes checkpoints as it goes and the results at the end.
///
/// ```swift
/// let model = seeded(settings.seed) { LeNet5() }
/// let run = try TrainingRun(starting: settings, model, data: splits, in: RunFolder("runs/first"))
/// let outcome = try run.run { event in
///   if case .epoch(let report) = event { print(report.epoch, report.trainingLoss) }
/// }
/// ```
/// A run that was stopped, or killed, goes on from its last checkpoint:
/// ```swift
/// let folder = RunFolder("runs/first")
/// let checkpoint = try folder.readCheckpoint()  // names the model and the data set
/// let run = try TrainingRun(resuming: checkpoint, model, data: splits, in: folder)
/// ```
public final class TrainingRun {
  /// How a run ended.
  public enum Outcome: Sendable {
    /// All epochs are done and the results are written.
    case finished(RunRecord, Evaluation)
    /// A stop was asked for; the checkpoint is written.
    case stopped(step: Int)
  }

  /// The seconds after which a checkpoint is written in the middle of an epoch.
  public static let checkpointInterval = 300.0

  /// Where the run writes.
  public let folder: RunFolder
  /// What the run is.
  public let description: RunDescription
  /// The training itself.
  public let trainer: Trainer
  /// How the run ended; nil before it did.
  public private(set) var outcome: Outcome?
  private let test: PreparedImages
  private let interval: Double
  private var sinceCheckpoint = 0.0
  private var watch = Stopwatch()
  private var savedStep: Int?
  private var lock: RunLock?

  /// A new run. Checks settings and folder before anything is calculated.
  ///
  /// - Parameters:
  ///   - settings: all that is chosen.
  ///   - model: the network that the settings name, made within `seeded(settings.seed)`.
  ///   - data: the data set that the settings name.
  ///   - folder: where to write; created if need be.
  ///   - overwriting: whether a run in that folder may be replaced. Its files stay until the new run puts its own in
  ///     their place: the checkpoint after the first epoch, the results at the end.
  ///   - checkpointInterval: the seconds after which a checkpoint is written in the middle of an epoch.
  /// - Throws: ``SettingsError``, ``RunFolderError``, `FileError`, or what says that network and data do not fit.
  public convenience init(
    starting settings: RunSettings, _ model: any Layer, data: DatasetSplits, in folder: RunFolder,
    overwriting: Bool = false, checkpointInterval: Double = checkpointInterval
  ) throws {
    let description = RunDescription(settings: settings, data: data)
    try self.init(description, model, data: data, in: folder, interval: checkpointInterval)
    lock = try folder.prepareForStart(overwriting: overwriting)
  }

  /// A run that goes on with its own settings, from its last checkpoint.
  ///
  /// - Parameters:
  ///   - checkpoint: from ``RunFolder/readCheckpoint()``.
  ///   - model: the network that its settings name; any weights.
  ///   - data: the data set that its settings name.
  ///   - folder: where the run is.
  ///   - checkpointInterval: the seconds after which a checkpoint is written in the middle of an epoch.
  /// - Throws: ``RunFolderError``, `FileError` naming the checkpoint when network or data are not those of the run.
  public convenience init(
    resuming checkpoint: Checkpoint, _ model: any Layer, data: DatasetSplits, in folder: RunFolder,
    checkpointInterval: Double = checkpointInterval
  ) throws {
    let path = folder.path(of: .checkpoint)
    try Self.check(checkpoint.run, data, path)
    try self.init(checkpoint.run, model, data: data, in: folder, interval: checkpointInterval)
    do {
      try trainer.restore(checkpoint.state)
    } catch {
      throw FileError.malformed(file: path, expected: error.expected, found: error.found)
    }
    lock = try folder.prepareForResumption()
    savedStep = checkpoint.state.progress.step
  }

  private init(
    _ run: RunDescription, _ model: any Layer, data: DatasetSplits, in folder: RunFolder, interval: Double
  ) throws {
    let settings = run.settings
    try settings.validate()
    try settings.check(model, data)
    self.folder = folder
    self.interval = interval
    description = run
    let training = PreparedImages(data.training, settings.preprocessing)
    test = PreparedImages(data.test, settings.preprocessing)
    trainer = try Trainer(
      model, settings, training: training,
      validation: data.validation.map { PreparedImages($0, settings.preprocessing) }, test: test)
    try checkFit(model, training)
  }

  /// Throws unless the data are those of the run.
  private static func check(_ run: RunDescription, _ data: DatasetSplits, _ path: String) throws(FileError) {
    let expected = [data.training.count, data.validation?.count ?? 0, data.test.count]
    let found = [run.trainingCount, run.validationCount ?? 0, run.testCount]
    guard expected != found else { return }
    throw FileError.malformed(
      file: path,
      expected: "\(expected[0]) training, \(expected[1]) validation and \(expected[2]) test images, as the data have",
      found: "a run on \(found[0]), \(found[1]) and \(found[2])")
  }

  /// Trains to the end or until `stop` asks for an end, which is followed after the step under way.
  ///
  /// Sets the library's number of threads to the settings'. A run that is finished already writes the results that are
  /// missing and nothing else.
  ///
  /// From the making of a `TrainingRun` to the end of this call no other run can use the folder, in this process or another.
  ///
  /// - Parameters:
  ///   - stop: asks for an end.
  ///   - observer: called with each event; after an epoch, when the checkpoint is written.
  /// - Throws: `FileError` naming the file that could not be written (the earlier one is untouched),
  ///   ``TrainingError``, and what `observer` throws.
  public func run(
    until stop: StopRequest = StopRequest(), observer: (TrainingEvent) throws -> Void = { _ in }
  ) throws -> Outcome {
    if ThreadPool.threadCount != description.settings.threads { ThreadPool.threadCount = description.settings.threads }
    lock = try lock ?? folder.lock()
    defer { lock = nil }
    watch = Stopwatch()
    let isFinished = try trainer.run(until: stop) { event in
      try saveIfDue(event)
      try observer(event)
    }
    if !isFinished { try saveCheckpoint() }
    let outcome: Outcome = isFinished ? try finish() : .stopped(step: trainer.progress.step)
    self.outcome = outcome
    return outcome
  }

  /// The run as a sequence of what happens in it, for a user interface; see ``Trainer/events``. ``outcome`` says afterwards how
  /// it ended.
  public var events: TrainingEvents {
    TrainingEvents { stop, observer in _ = try self.run(until: stop, observer: observer) }
  }

  private func saveIfDue(_ event: TrainingEvent) throws {
    switch event {
    case .epoch(let epoch):
      // First, so that a checkpoint that knows of a best epoch has its weights beside it.
      if trainer.bestEpoch == epoch.epoch { try trainer.weights(.best).write(to: folder.path(of: .best)) }
      savedStep = nil
      try saveCheckpoint()
      try write(EpochLog.text(trainer.progress.history), as: .log)
    case .step:
      sinceCheckpoint += watch.lap()
      if sinceCheckpoint >= interval { try saveCheckpoint() }
    case .evaluating: break
    }
  }

  private func saveCheckpoint() throws(FileError) {
    guard savedStep != trainer.progress.step else { return }
    try Checkpoint(state: trainer.state, run: description).write(to: folder.path(of: .checkpoint))
    savedStep = trainer.progress.step
    sinceCheckpoint = 0
  }

  /// Writes the results that are missing, the record last. The network has the result's weights from here on.
  private func finish() throws -> Outcome {
    let checkpoint = Checkpoint(state: trainer.state, run: description)
    let missing = folder.missingResults(of: checkpoint)
    let (weights, evaluation) = try result()
    let record =
      missing.contains(.record)
      ? RunRecord(description, progress: trainer.progress, evaluation: evaluation) : try folder.readRecord()
    if missing.contains(.best) { try trainer.weights(.best).write(to: folder.path(of: .best)) }
    // Of a run that this one replaced.
    if checkpoint.state.best == nil { folder.remove(.best) }
    if missing.contains(.model) { try weights.write(to: folder.path(of: .model)) }
    if missing.contains(.log) { try write(EpochLog.text(record.epochs), as: .log) }
    if missing.contains(.report) {
      try write(RunReport(record, evaluation, trainer.model, test: test).html, as: .report)
    }
    if missing.contains(.record) {
      try write(JSONText.encode(record, pretty: true, file: folder.path(of: .record)) + "\n", as: .record)
    }
    return .finished(record, evaluation)
  }

  /// The weights that the run keeps, and how well they do on the test images.
  private func result() throws -> (weights: StateDictionary, evaluation: Evaluation) {
    let kept = description.settings.keptWeights
    let weights = trainer.weights(kept)
    let measured = kept == .last || trainer.bestEpoch == trainer.progress.epoch ? trainer.evaluation : nil
    try trainer.model.load(weights)
    let evaluation =
      try measured
      ?? evaluate(
        trainer.model, on: test, batchSize: trainer.batchSize, loss: trainer.testLoss, metrics: trainer.metrics)
    return (weights, evaluation)
  }

  private func write(_ text: String, as name: RunFolder.Name) throws(FileError) {
    try AtomicFile.write(Array(text.utf8), to: folder.path(of: name))
  }
}
