import ArgumentParser
import Datasets
import Foundation
import TensorCore
import Training

/// How a new run learns.
struct LearningOptions: ParsableArguments {
  enum Rule: String, CaseIterable, ExpressibleByArgument { case sgd, adam }
  enum Course: String, CaseIterable, ExpressibleByArgument { case constant, step, cosine }

  @Option(
    parsing: .unconditional, help: "Passes through the training images. (default: \(Defaults.text(\.epochs)))",
    transform: Numbers.whole(in: Limits.epochs))
  var epochs: Int?

  @Option(
    parsing: .unconditional, help: "Images in a step. (default: \(Defaults.text(\.batchSize)))",
    transform: Numbers.whole(in: Limits.batchSize))
  var batchSize: Int?

  @Option(help: "The update rule. (default: sgd)")
  var optimizer: Rule?

  @Option(
    parsing: .unconditional,
    help: "The size of a step, at first. (default: \(Defaults.text(\.rate)); for adam \(Defaults.adamRate))",
    transform: Numbers.positive)
  var learningRate: Double?

  @Option(
    parsing: .unconditional, help: "How much of the last step goes on; for sgd. (default: \(Defaults.momentum))",
    transform: Numbers.fraction)
  var momentum: Double?

  @Option(
    parsing: .unconditional, help: "How strongly weights shrink; for sgd. (default: \(Defaults.text(\.weightDecay)))",
    transform: Numbers.notNegative)
  var weightDecay: Double?

  @Option(
    help: "How the learning rate changes; step divides it by 10 after each third of the run. (default: cosine)")
  var schedule: Course?

  @Option(
    parsing: .unconditional, help: "Where all random numbers come from. (default: \(Defaults.seed))",
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
      ("--weight-decay", weightDecay != nil), ("--schedule", schedule != nil), ("--seed", seed != nil),
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
    let defaults = Defaults.of(name)
    let epochs = self.epochs ?? defaults.epochs
    return RunSettings(
      model: model.name, dataset: name,
      // A resumed run may start from elsewhere.
      dataFolder: folder.map { URL(fileURLWithPath: $0).path }, classNames: dataset.information.classNames,
      epochs: epochs, batchSize: batchSize ?? defaults.batchSize,
      learningRate: learningRate ?? (rule == .adam ? Defaults.adamRate : defaults.rate),
      optimizer: optimizerSettings(rule, defaults), schedule: scheduleSettings(epochs: epochs),
      seed: seed ?? Defaults.seed, threads: try threads ?? Defaults.threads(), preprocessing: preprocessing)
  }

  private func optimizerSettings(_ rule: Rule, _ defaults: Defaults) -> OptimizerSettings {
    switch rule {
    case .sgd:
      .sgd(
        momentum: momentum ?? Defaults.momentum, nesterov: false, weightDecay: weightDecay ?? defaults.weightDecay)
    case .adam: .adam
    }
  }

  private func scheduleSettings(epochs: Int) -> ScheduleSettings {
    switch schedule ?? .cosine {
    case .constant: .constant
    case .step: .step(epochs: (epochs + 2) / 3, factor: 0.1)
    case .cosine: .cosine
    }
  }
}
