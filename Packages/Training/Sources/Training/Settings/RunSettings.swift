import Datasets
import NNLayers

/// All that was chosen for a run: with the same settings and data, a second run gives the same weights to the bit.
///
/// Written into the checkpoint and `run.json`, so that a resumed run goes on with its own.
public struct RunSettings: Sendable, Hashable, Codable {
  /// The network's name: `lenet5`.
  public var model: String
  /// The data set's name: `digits`.
  public var dataset: String
  /// The folder of the data set's files; nil when it is built in.
  public var dataFolder: String?
  /// The name of each class; a label is an index into it.
  public var classNames: [String]
  /// The number of passes through the training images.
  public var epochs: Int
  /// The number of images in a step.
  public var batchSize: Int
  /// The learning rate before the schedule changes it.
  public var learningRate: Double
  /// The update rule with its numbers.
  public var optimizer: OptimizerSettings
  /// How the learning rate changes.
  public var schedule: ScheduleSettings
  /// The part of each label, of 0..<1, that is spread over all classes; see `crossEntropy`. For training only: the loss of
  /// test images is without.
  public var labelSmoothing: Double
  /// The most pixels that a training image is shifted by along each axis; see `RandomShift`.
  public var shift: Int
  /// What is changed in training images at random before they are prepared; nil for nothing.
  public var augmentation: AugmentationRecipe?
  /// What is made small, which is for the network to say.
  public var loss: TrainingLoss
  /// Whether images of a folder that cannot be read are left out.
  public var skipsBroken: Bool
  /// Where all random numbers of the run come from: first weights, order of the images, shifts, dropout.
  public var seed: UInt64
  /// The number of threads. Changes the speed only.
  public var threads: Int
  /// What turns images into the network's input.
  public var preprocessing: Preprocessing
  /// The share of the training images, of 0..<1, that is held out for validation; 0 for none but what the data set itself
  /// has. See ``splits(of:)``.
  public var validationShare: Double
  /// What is done beside taking steps.
  public var plan: TrainingPlan
  /// The names of what validation and test images are measured by beside loss and accuracy; see ``Metrics``.
  public var metrics: [String]
  /// Which weights are the result; nil for the best with early stopping, else the last.
  public var keeping: KeptWeights?
  /// The file of the weights that the network began with, as it was named; nil for random ones. For the record: a checkpoint
  /// has weights of its own.
  public var initialWeights: String?

  /// The settings of a run. Labels are not smoothed and images not shifted where nothing else is said.
  public init(
    model: String, dataset: String, dataFolder: String? = nil, classNames: [String], epochs: Int, batchSize: Int,
    learningRate: Double, optimizer: OptimizerSettings, schedule: ScheduleSettings, labelSmoothing: Double = 0,
    shift: Int = 0, augmentation: AugmentationRecipe? = nil, skipsBroken: Bool = false,
    loss: TrainingLoss = .crossEntropy, seed: UInt64, threads: Int, preprocessing: Preprocessing,
    validationShare: Double = 0, plan: TrainingPlan = TrainingPlan(), metrics: [String] = [],
    keeping: KeptWeights? = nil, initialWeights: String? = nil
  ) {
    self.model = model
    self.dataset = dataset
    self.dataFolder = dataFolder
    self.classNames = classNames
    self.epochs = epochs
    self.batchSize = batchSize
    self.learningRate = learningRate
    self.optimizer = optimizer
    self.schedule = schedule
    self.labelSmoothing = labelSmoothing
    self.shift = shift
    self.augmentation = augmentation
    self.skipsBroken = skipsBroken
    self.loss = loss
    self.seed = seed
    self.threads = threads
    self.preprocessing = preprocessing
    self.validationShare = validationShare
    self.plan = plan
    self.metrics = metrics
    self.keeping = keeping
    self.initialWeights = initialWeights
  }

  /// The number of classes.
  public var classCount: Int { classNames.count }
  /// The number of channels of the network's input.
  public var channels: Int { preprocessing.channels }

  /// Which weights are the result.
  public var keptWeights: KeptWeights { keeping ?? (plan.earlyStopping == nil ? .last : .best) }

  /// The plan with the plateau of the schedule, if it has one.
  var completePlan: TrainingPlan {
    var complete = plan
    complete.plateau = plan.plateau ?? schedule.plateau(learningRate: learningRate)
    return complete
  }

  /// What the best epoch is chosen by; see ``TrainingPlan/watched``.
  public var watched: WatchedFigure { completePlan.watched }

  /// A data set as the run sees it: with as many of the training images held out for validation as ``validationShare``
  /// says, the same for the same seed.
  ///
  /// - Throws: ``SettingsError`` when the share leaves nothing on one side.
  public func splits(of data: DatasetSplits) throws(SettingsError) -> DatasetSplits {
    try Self.splits(of: data, holdingOut: validationShare, seed: seed)
  }

  /// A data set with a share of the training images held out for validation; the data set itself for a share of 0.
  ///
  /// - Throws: ``SettingsError`` when the share leaves nothing on one side.
  public static func splits(
    of data: DatasetSplits, holdingOut share: Double, seed: UInt64
  ) throws(SettingsError) -> DatasetSplits {
    try requireFraction("validation", share)
    guard share > 0 else { return data }
    do {
      return try data.holdingOutValidation(fraction: share, seed: seed)
    } catch {
      throw SettingsError("validation", expected: error.expected, found: error.found)
    }
  }

  /// Checks that network and data have what is chosen by: layers by their names, validation images.
  ///
  /// - Throws: ``SettingsError`` for the first that is not there.
  public func check(_ model: any Layer, _ data: DatasetSplits) throws(SettingsError) {
    let plan = completePlan
    try plan.check(model)
    guard let setting = plan.needingValidation, data.validation == nil else { return }
    let isSchedules = setting == "plateau" && self.plan.plateau == nil
    throw SettingsError(isSchedules ? "schedule" : setting, expected: "validation images to choose by", found: "none")
  }

  /// Checks every number, before any work is done.
  ///
  /// - Throws: ``SettingsError`` for the first that cannot be followed.
  public func validate() throws(SettingsError) {
    try requireWhole("epochs", epochs)
    try requireWhole("batchSize", batchSize)
    try requireWhole("threads", threads)
    try requirePositive("learningRate", learningRate)
    try requireFraction("labelSmoothing", labelSmoothing)
    guard loss == .crossEntropy || labelSmoothing == 0 else {
      throw SettingsError("labelSmoothing", expected: "0 with the loss \(loss.rawValue)", found: "\(labelSmoothing)")
    }
    let side = min(preprocessing.outputSize.height, preprocessing.outputSize.width)
    guard (0..<side).contains(shift) else {
      throw SettingsError("shift", expected: "a whole number from 0 to \(side - 1)", found: "\(shift)")
    }
    try requireWhole("classNames", classCount, atLeast: 2)
    try optimizer.validate()
    try schedule.validate()
    try requireFraction("validation", validationShare)
    try plan.validate()
    guard plan.plateau == nil || schedule.plateau(learningRate: learningRate) == nil else {
      throw SettingsError("plateau", expected: "one plateau, in the schedule or in the plan", found: "two")
    }
    for name in metrics { _ = try Metrics.named(name) }
  }
}

extension RunSettings {
  /// Reads settings, and refuses those that cannot be followed: files may be wrong. Those of earlier versions
  /// lack what they did not know: it was not done.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      model: values.decode(String.self, forKey: .model), dataset: values.decode(String.self, forKey: .dataset),
      dataFolder: values.decodeIfPresent(String.self, forKey: .dataFolder),
      classNames: values.decode([String].self, forKey: .classNames), epochs: values.decode(Int.self, forKey: .epochs),
      batchSize: values.decode(Int.self, forKey: .batchSize),
      learningRate: values.decode(Double.self, forKey: .learningRate),
      optimizer: values.decode(OptimizerSettings.self, forKey: .optimizer),
      schedule: values.decode(ScheduleSettings.self, forKey: .schedule),
      labelSmoothing: values.decodeIfPresent(Double.self, forKey: .labelSmoothing) ?? 0,
      shift: values.decodeIfPresent(Int.self, forKey: .shift) ?? 0,
      augmentation: values.decodeIfPresent(AugmentationRecipe.self, forKey: .augmentation),
      skipsBroken: values.decodeIfPresent(Bool.self, forKey: .skipsBroken) ?? false,
      loss: values.decodeIfPresent(TrainingLoss.self, forKey: .loss) ?? .crossEntropy,
      seed: values.decode(UInt64.self, forKey: .seed),
      threads: values.decode(Int.self, forKey: .threads),
      preprocessing: values.decode(Preprocessing.self, forKey: .preprocessing),
      validationShare: values.decodeIfPresent(Double.self, forKey: .validationShare) ?? 0,
      plan: values.decodeIfPresent(TrainingPlan.self, forKey: .plan) ?? TrainingPlan(),
      metrics: values.decodeIfPresent([String].self, forKey: .metrics) ?? [],
      keeping: values.decodeIfPresent(KeptWeights.self, forKey: .keeping),
      initialWeights: values.decodeIfPresent(String.self, forKey: .initialWeights))
    do throws(SettingsError) {
      try validate()
    } catch {
      throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: error.description))
    }
  }
}
