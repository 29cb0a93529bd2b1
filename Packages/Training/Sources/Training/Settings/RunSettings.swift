import Datasets

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
  /// Where all random numbers of the run come from: first weights, order of the images, dropout.
  public var seed: UInt64
  /// The number of threads. Changes the speed only.
  public var threads: Int
  /// What turns images into the network's input.
  public var preprocessing: Preprocessing

  /// The settings of a run.
  public init(
    model: String, dataset: String, dataFolder: String? = nil, classNames: [String], epochs: Int, batchSize: Int,
    learningRate: Double, optimizer: OptimizerSettings, schedule: ScheduleSettings, seed: UInt64, threads: Int,
    preprocessing: Preprocessing
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
    self.seed = seed
    self.threads = threads
    self.preprocessing = preprocessing
  }

  /// The number of classes.
  public var classCount: Int { classNames.count }
  /// The number of channels of the network's input.
  public var channels: Int { preprocessing.channels }

  /// Checks every number, before any work is done.
  ///
  /// - Throws: ``SettingsError`` for the first that cannot be followed.
  public func validate() throws(SettingsError) {
    try requireWhole("epochs", epochs)
    try requireWhole("batchSize", batchSize)
    try requireWhole("threads", threads)
    try requirePositive("learningRate", learningRate)
    try requireWhole("classNames", classCount, atLeast: 2)
    try optimizer.validate()
    try schedule.validate()
  }
}
