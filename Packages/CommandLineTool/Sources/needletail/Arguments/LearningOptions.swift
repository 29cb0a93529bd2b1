import ArgumentParser
import Datasets
import Foundation
import Models
import TensorCore
import Training

/// How a new run learns.
struct LearningOptions: ParsableArguments {
  enum Rule: String, CaseIterable, ExpressibleByArgument { case sgd, adam }
  enum Course: String, CaseIterable, ExpressibleByArgument { case constant, step, cosine }

  @Option(
    parsing: .unconditional, help: "Passes through the training images. (default: \(Recommended.text(\.epochs)))",
    transform: Numbers.whole(in: Limits.epochs))
  var epochs: Int?

  @Option(
    parsing: .unconditional, help: "Images in a step. (default: \(Recommended.text(\.batchSize)))",
    transform: Numbers.whole(in: Limits.batchSize))
  var batchSize: Int?

  @Option(help: "The update rule. (default: sgd)")
  var optimizer: Rule?

  @Option(
    parsing: .unconditional,
    help:
      """
      The size of a step, at first. (default for lenet5: \(Recommended.text(\.learningRate)); for adam \
      \(RecommendedSettings.learningRateOfAdam); less for networks that diverge at it)
      """,
    transform: Numbers.positive)
  var learningRate: Double?

  @Option(
    parsing: .unconditional,
    help: "How much of the last step goes on; for sgd. (default: \(Recommended.text(\.momentum)))",
    transform: Numbers.fraction)
  var momentum: Double?

  @Option(
    parsing: .unconditional,
    help: "How strongly weights shrink; for sgd. (default: \(Recommended.text(\.weightDecay)))",
    transform: Numbers.notNegative)
  var weightDecay: Double?

  @Option(
    help: "How the learning rate changes; step divides it by 10 after each third of the run. (default: cosine)")
  var schedule: Course?

  @Option(
    parsing: .unconditional,
    help: "The part of each label that is spread over all classes. (default: \(Recommended.text(\.labelSmoothing)))",
    transform: Numbers.fraction)
  var labelSmoothing: Double?

  @Option(
    parsing: .unconditional,
    help: """
      The most pixels that a training image is shifted by, at random, along each axis. \
      (default: \(Recommended.text(\.shift)))
      """,
    transform: Numbers.whole(in: Limits.shift))
  var shift: Int?

  @Option(
    parsing: .unconditional, help: "Where all random numbers come from. (default: \(Recommended.seed))",
    transform: Numbers.seed)
  var seed: UInt64?

  @Option(
    parsing: .unconditional,
    help: "Threads; they change the speed and nothing else. (default: NEEDLETAIL_THREADS, or one for each processor)",
    transform: Numbers.whole(in: Limits.threads))
  var threads: Int?

  func validate() throws {
    guard optimizer == .adam else { return }
    if momentum != nil { throw ValidationError("--momentum goes with --optimizer sgd, not adam") }
    if weightDecay != nil { throw ValidationError("--weight-decay goes with --optimizer sgd, not adam") }
  }

  /// The options that were given, for errors.
  var given: [String] {
    [
      ("--epochs", epochs != nil), ("--batch-size", batchSize != nil), ("--optimizer", optimizer != nil),
      ("--learning-rate", learningRate != nil), ("--momentum", momentum != nil),
      ("--weight-decay", weightDecay != nil), ("--schedule", schedule != nil),
      ("--label-smoothing", labelSmoothing != nil), ("--shift", shift != nil), ("--seed", seed != nil),
      ("--threads", threads != nil),
    ].filter(\.1).map(\.0)
  }
}

extension LearningOptions {
  /// All settings of a new run.
  func settings(
    model: ModelEntry, dataset: any DatasetSource, folder: String?, preprocessing: Preprocessing
  ) throws -> RunSettings {
    let rule = optimizer ?? .sgd
    let name = dataset.information.name
    let recommended = RecommendedSettings.forDataset(name, model: model.name)
    let epochs = self.epochs ?? recommended.epochs
    return RunSettings(
      model: model.name, dataset: name,
      // A resumed run may start from elsewhere.
      dataFolder: folder.map { URL(fileURLWithPath: $0).path }, classNames: dataset.information.classNames,
      epochs: epochs, batchSize: batchSize ?? recommended.batchSize,
      learningRate: learningRate
        ?? (rule == .adam ? RecommendedSettings.learningRateOfAdam(for: model.name) : recommended.learningRate),
      optimizer: optimizerSettings(rule, recommended),
      schedule: schedule.map { $0.settings(epochs: epochs) } ?? recommended.schedule,
      labelSmoothing: labelSmoothing ?? recommended.labelSmoothing, shift: shift ?? recommended.shift,
      seed: seed ?? Recommended.seed, threads: try threads ?? Recommended.threads(), preprocessing: preprocessing)
  }

  private func optimizerSettings(_ rule: Rule, _ recommended: RecommendedSettings) -> OptimizerSettings {
    switch rule {
    case .sgd:
      .sgd(
        momentum: momentum ?? recommended.momentum, nesterov: false,
        weightDecay: weightDecay ?? recommended.weightDecay)
    case .adam: .adam
    }
  }

}

extension LearningOptions.Course {
  fileprivate func settings(epochs: Int) -> ScheduleSettings {
    switch self {
    case .constant: .constant
    case .step: .step(epochs: (epochs + 2) / 3, factor: 0.1)
    case .cosine: .cosine
    }
  }
}
