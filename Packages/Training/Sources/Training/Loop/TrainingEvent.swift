/// What a training says while it runs.
public enum TrainingEvent: Sendable, Equatable {
  /// A step was done.
  case step(StepReport)
  /// Some of the validation or test images were measured, at the end of an epoch.
  case evaluating(EvaluationProgress)
  /// An epoch was done and measured.
  case epoch(EpochReport)
}

/// The state of a training after a step.
public struct StepReport: Sendable, Equatable, Codable {
  /// The steps done, of ``stepCount``.
  public let step: Int
  /// The steps of the whole training.
  public let stepCount: Int
  /// The epoch under way, from 1 to ``epochCount``.
  public let epoch: Int
  /// The epochs of the whole training.
  public let epochCount: Int
  /// The steps done in this epoch, of ``batchCount``.
  public let batch: Int
  /// The steps of an epoch.
  public let batchCount: Int
  /// The learning rate of this step.
  public let learningRate: Double
  /// The loss of this step's batch.
  public let loss: Double
  /// The mean loss of this epoch's images so far.
  public let epochLoss: Double
  /// The share of this epoch's images so far that were recognised, each at its turn.
  public let epochAccuracy: Double
  /// Images per second over the last few seconds.
  public let imagesPerSecond: Double
  /// An estimate of the time to the end of the training, in seconds; includes the measurements that are left.
  public let secondsLeft: Double

  /// A report of its figures.
  public init(
    step: Int, stepCount: Int, epoch: Int, epochCount: Int, batch: Int, batchCount: Int, learningRate: Double,
    loss: Double, epochLoss: Double, epochAccuracy: Double, imagesPerSecond: Double, secondsLeft: Double
  ) {
    self.step = step
    self.stepCount = stepCount
    self.epoch = epoch
    self.epochCount = epochCount
    self.batch = batch
    self.batchCount = batchCount
    self.learningRate = learningRate
    self.loss = loss
    self.epochLoss = epochLoss
    self.epochAccuracy = epochAccuracy
    self.imagesPerSecond = imagesPerSecond
    self.secondsLeft = secondsLeft
  }
}

/// The figures of a finished epoch.
public struct EpochReport: Sendable, Equatable, Codable {
  /// The number of the epoch, from 1.
  public let epoch: Int
  /// The steps done since the start of the training.
  public let step: Int
  /// The learning rate of the epoch's last step.
  public let learningRate: Double
  /// The mean loss of the training images, each measured at its turn.
  public let trainingLoss: Double
  /// The share of the training images that were recognised, each at its turn.
  public let trainingAccuracy: Double
  /// The mean loss of the validation images after the epoch; nil without validation images.
  public let validationLoss: Double?
  /// The share of the validation images that were recognised after the epoch; nil without validation images.
  public let validationAccuracy: Double?
  /// The mean loss of the test images after the epoch; nil without test images.
  public let testLoss: Double?
  /// The share of the test images that were recognised after the epoch; nil without test images.
  public let testAccuracy: Double?
  /// The time that the epoch took, in seconds, with its measurement.
  public let seconds: Double
  /// Training images per second, without the measurement.
  public let imagesPerSecond: Double
  /// Further figures of the validation images by the metrics' names; nil if there are none.
  public let validationMetrics: [String: Double]?
  /// Further figures of the test images by the metrics' names; nil if there are none.
  public let testMetrics: [String: Double]?

  /// A report of its figures.
  public init(
    epoch: Int, step: Int, learningRate: Double, trainingLoss: Double, trainingAccuracy: Double,
    validationLoss: Double? = nil, validationAccuracy: Double? = nil, testLoss: Double?, testAccuracy: Double?,
    seconds: Double, imagesPerSecond: Double, validationMetrics: [String: Double]? = nil,
    testMetrics: [String: Double]? = nil
  ) {
    self.epoch = epoch
    self.step = step
    self.learningRate = learningRate
    self.trainingLoss = trainingLoss
    self.trainingAccuracy = trainingAccuracy
    self.validationLoss = validationLoss
    self.validationAccuracy = validationAccuracy
    self.testLoss = testLoss
    self.testAccuracy = testAccuracy
    self.seconds = seconds
    self.imagesPerSecond = imagesPerSecond
    self.validationMetrics = validationMetrics
    self.testMetrics = testMetrics
  }
}
