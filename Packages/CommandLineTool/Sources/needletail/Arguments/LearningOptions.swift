import ArgumentParser
import Datasets
import Foundation
import Models
import TensorCore
import Training

/// How a new run learns.
struct LearningOptions: ParsableArguments {
  @Option(
    parsing: .unconditional, help: "Passes through the training images. (default: \(Recommended.text(\.epochs)))",
    transform: Numbers.whole(in: Limits.epochs))
  var epochs: Int?

  @Option(
    parsing: .unconditional, help: "Images in a step. (default: \(Recommended.text(\.batchSize)))",
    transform: Numbers.whole(in: Limits.batchSize))
  var batchSize: Int?

  @OptionGroup var rule: RuleOptions
  @OptionGroup var schedule: ScheduleOptions
  @OptionGroup(title: "Course") var course: PlanOptions

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

  @Flag(
    help: """
      Change training images at random as suits the data set: distortions for handwriting, mirroring and crops for small \
      pictures, parts of other sizes and colours for a folder of photographs, shifts for digits.
      """)
  var augment = false

  @OptionGroup var seed: SeedOption
  @OptionGroup var threads: ThreadsOption

  func validate() throws {
    // A third option group cannot see the second one's choice by itself.
    guard course.watch != nil, course.earlyStopping == nil, schedule.schedule != .plateau else { return }
    throw ValidationError("--watch is for --early-stopping or --schedule plateau")
  }
}

extension LearningOptions {
  /// The data as the run will see them: with validation images held out where that is asked for.
  func splits(of data: DatasetSplits) throws -> DatasetSplits {
    try RunSettings.splits(of: data, holdingOut: course.validation ?? 0, seed: seed.value)
  }

  /// All settings of a new run.
  func settings(
    model: ModelEntry, dataset: any DatasetSource, folder: String?, preprocessing: Preprocessing
  ) throws -> RunSettings {
    let name = dataset.information.name
    let recommended = RecommendedSettings.forDataset(name, model: model.name, augmented: augment)
    let epochs = self.epochs ?? recommended.epochs
    return RunSettings(
      model: model.name, dataset: name,
      // A resumed run may start from elsewhere.
      dataFolder: folder.map { URL(fileURLWithPath: $0).path }, classNames: dataset.information.classNames,
      epochs: epochs, batchSize: batchSize ?? recommended.batchSize,
      learningRate: rule.rate(recommended, model: model.name),
      optimizer: rule.settings(recommended),
      schedule: schedule.given.isEmpty
        ? recommended.schedule : schedule.settings(epochs: epochs, watching: course.watch ?? .loss),
      labelSmoothing: labelSmoothing ?? recommended.labelSmoothing, shift: shift ?? recommended.shift,
      augmentation: augment ? RecommendedSettings.augmentation(forDataset: name) : nil,
      loss: RecommendedSettings.loss(of: model.name),
      seed: seed.value, threads: try threads.count(), preprocessing: preprocessing,
      validationShare: course.validation ?? 0, plan: course.plan, metrics: course.metrics ?? [], keeping: course.keep)
  }
}
