import TensorCore

/// What a finished run was and reached: the content of `run.json`.
public struct RunRecord: Sendable, Equatable, Codable {
  /// The version of this file's form.
  public static let formatVersion = 3
  /// Version 1 knew neither smoothed labels nor shifts, version 2 no validation images; otherwise they were the same.
  private static let readVersions = 1...3

  /// The version of the file's form.
  public let formatVersion: Int
  /// The run, as its checkpoint names it.
  public let identifier: String
  /// The share of the test images that the weights in `model.safetensors` recognise.
  public let testAccuracy: Double
  /// The mean loss of the test images with the weights in `model.safetensors`.
  public let testLoss: Double
  /// The number of steps that the weights were trained.
  public let step: Int
  /// All that was chosen, the preprocessing included.
  public let settings: RunSettings
  /// The number of training images.
  public let trainingCount: Int
  /// The number of test images.
  public let testCount: Int
  /// The number of validation images; nil for none.
  public let validationCount: Int?
  /// The epoch with the best validation figure; nil without validation images.
  public let bestEpoch: Int?
  /// Why the run ended before all its epochs; nil if it did not.
  public let ending: TrainingEnding?
  /// Further figures of the test images by the metrics' names; nil if there are none.
  public let testMetrics: [String: Double]?
  /// The library.
  public let library: Library
  /// What it was calculated on.
  public let machine: Machine
  /// The time that all epochs took, in seconds.
  public let seconds: Double
  /// The figures of each epoch.
  public let epochs: [EpochReport]

  /// The record of a finished run.
  init(_ run: RunDescription, progress: TrainingProgress, evaluation: Evaluation) {
    formatVersion = Self.formatVersion
    identifier = run.identifier
    testAccuracy = evaluation.accuracy
    testLoss = evaluation.loss
    step = progress.step
    settings = run.settings
    trainingCount = run.trainingCount
    testCount = run.testCount
    validationCount = run.validationCount
    bestEpoch = run.settings.watched.bestEpoch(of: progress.history)
    ending = progress.ending
    testMetrics = evaluation.metrics.isEmpty ? nil : evaluation.metrics
    library = .current
    machine = .current
    seconds = progress.history.reduce(0) { $0 + $1.seconds }
    epochs = progress.history
  }

  /// Reads `run.json`.
  ///
  /// - Throws: `FileError` naming the file when it cannot be read or is not a run's record of this version.
  init(contentsOf path: String) throws(FileError) {
    let bytes = try InputFile.contents(of: path, limit: 1 << 28)
    let text = String(decoding: bytes, as: UTF8.self)
    let version = try JSONText.decode(Version.self, from: text, as: "the record of a run", file: path)
    guard Self.readVersions.contains(version.formatVersion) else {
      throw .malformed(
        file: path, expected: "a record of a version in \(Self.readVersions)", found: "version \(version.formatVersion)"
      )
    }
    self = try JSONText.decode(RunRecord.self, from: text, as: "the record of a run", file: path)
  }

  /// The part that all versions have.
  private struct Version: Decodable {
    let formatVersion: Int
  }
}
