import Autograd
import Datasets
import NNLayers
import Optimizers
import TensorCore

/// The training loop: passes through the training images, step by step, and measures after each pass.
///
/// ```swift
/// let splits = try Digits().load()
/// let preprocessing = try Digits().preprocessing(fittedTo: splits.training)
/// let model = seeded(1) { LeNet5() }
/// let trainer = Trainer(
///   model, SGD(model.parameters, learningRate: 0.1, momentum: 0.9),
///   training: PreparedImages(splits.training, preprocessing), test: PreparedImages(splits.test, preprocessing),
///   epochs: 30, batchSize: 64, seed: 1)
/// try trainer.run { event in
///   if case .epoch(let report) = event { print(report.epoch, report.testAccuracy ?? 0) }
/// }
/// ```
/// The random numbers of step `s` follow from the seed and `s` only, and order and augmentation of the images from the
/// seed and the epoch: a training that stops after any step and goes on from ``state`` gives the same bits as one that never
/// stopped. The test images are measured only; nothing is chosen by them.
///
/// What is chosen in the course of a training, as its end or its best weights, is chosen by validation images. A ``TrainingPlan``
/// says what is done beside taking steps:
/// ```swift
/// let parts = try splits.holdingOutValidation(fraction: 0.1, seed: 1)
/// var plan = TrainingPlan(earlyStopping: EarlyStopping(patience: 5), clipping: .norm(1))
/// plan.average = AveragePlan(.exponential(decay: 0.999))
/// let trainer = Trainer(
///   model, optimizer, training: PreparedImages(parts.training, preprocessing),
///   validation: parts.validation.map { PreparedImages($0, preprocessing) }, epochs: 100, batchSize: 64, seed: 1,
///   plan: plan, metrics: [TopKAccuracy(5)])
/// try trainer.run { event in print(event) }  // or, in a task: for try await event in trainer.events
/// trainer.restoreBest()
/// ```
public final class Trainer {
  /// The network.
  public let model: any Layer
  /// The update rule, made for the network's parameters.
  public let optimizer: any Optimizer
  /// The learning rate of each step.
  public let schedule: any Schedule
  /// What is made small.
  public let loss: LossFunction
  /// What validation and test images are measured by, beside accuracy.
  public let testLoss: LossFunction
  /// What is changed at random in the training images.
  public let augmentation: Augmentation
  /// The images that are learnt from.
  public let training: PreparedImages
  /// The images that the best epoch, the end and the like are chosen by, if any.
  public let validation: PreparedImages?
  /// The images that each epoch is measured with, if any.
  public let test: PreparedImages?
  /// The number of passes through the training images.
  public let epochs: Int
  /// The number of images in a step; the last step of an epoch may have fewer.
  public let batchSize: Int
  /// Where the random numbers come from.
  public let seed: UInt64
  /// What is done beside taking steps.
  public let plan: TrainingPlan
  /// What validation and test images are measured by further.
  public let metrics: [any Metric]
  /// How far the training has come.
  public internal(set) var progress = TrainingProgress()
  /// The last measurement of the test images, if any since the trainer was made.
  public internal(set) var evaluation: Evaluation?
  /// The last measurement of the validation images, if any since the trainer was made.
  public internal(set) var validationEvaluation: Evaluation?

  /// The weights of the best epoch so far; nil before the first that is measured with validation images.
  var best: StateDictionary?
  /// The average of the weights, if the plan has one.
  let average: WeightAverage?
  /// The share of the schedule's rate that the plan's plateau leaves.
  var plateau: PlateauSchedule?
  /// What the rate is multiplied by for parameters for which that is not 1.
  let rateFactors: [ObjectIdentifier: Double]
  let buffers: [Buffer]
  var throughput = Throughput()
  var evaluationSeconds = 0.0

  /// A training that has not begun.
  ///
  /// Stops when the plan cannot be followed; ``TrainingPlan/validate()`` and ``TrainingPlan/check(_:)`` throw instead.
  ///
  /// - Parameters:
  ///   - model: the network.
  ///   - optimizer: the update rule, made for the network's parameters.
  ///   - schedule: the learning rate of each step. Default: the optimiser's own rate throughout.
  ///   - loss: of logits and labels, the mean over the images. Default: cross-entropy.
  ///   - testLoss: what validation and test images are measured by. Default: `loss`.
  ///   - augmentation: what is changed at random in the training images, in which their accuracy is counted too. Default
  ///     nothing.
  ///   - training: the images to learn from.
  ///   - validation: the images to choose by. Default none.
  ///   - test: the images to measure each epoch with. Default none.
  ///   - epochs: the number of passes, at least 1.
  ///   - batchSize: the number of images in a step, at least 1.
  ///   - seed: where the random numbers come from.
  ///   - plan: what is done beside taking steps. Default: nothing.
  ///   - metrics: what validation and test images are measured by beside loss and accuracy. Default: nothing.
  public init(
    _ model: any Layer, _ optimizer: any Optimizer, schedule: (any Schedule)? = nil,
    loss: @escaping LossFunction = { crossEntropy($0, $1) }, testLoss: LossFunction? = nil,
    augmentation: Augmentation = .none, training: PreparedImages, validation: PreparedImages? = nil,
    test: PreparedImages? = nil, epochs: Int, batchSize: Int, seed: UInt64, plan: TrainingPlan = TrainingPlan(),
    metrics: [any Metric] = []
  ) {
    guard epochs >= 1, batchSize >= 1 else {
      stop("Trainer", "needs at least 1 epoch and 1 image in a batch, got \(epochs) and \(batchSize)")
    }
    if let setting = plan.needingValidation, validation == nil { stop("Trainer", "\(setting) needs validation images") }
    do throws(SettingsError) {
      try plan.validate()
      try plan.check(model)
    } catch {
      stop("Trainer", error.description)
    }
    self.model = model
    self.optimizer = optimizer
    self.schedule = schedule ?? ConstantSchedule(optimizer.learningRate)
    self.loss = loss
    self.testLoss = testLoss ?? loss
    self.augmentation = augmentation
    self.training = training
    self.validation = validation
    self.test = test
    self.epochs = epochs
    self.batchSize = batchSize
    self.seed = seed
    self.plan = plan
    self.metrics = metrics
    average = plan.average.map { WeightAverage(model.parameters, $0.rule) }
    plateau = plan.plateau
    let factors = model.namedParameters.map { (ObjectIdentifier($0.parameter), plan.rateFactor(of: $0.name)) }
    rateFactors = Dictionary(factors.filter { $0.1 != 1 }, uniquingKeysWith: { first, _ in first })
    buffers = model.namedState.compactMap { if case .buffer(let buffer) = $0.cell { buffer } else { nil } }
  }

  /// The number of steps of an epoch.
  public var stepsPerEpoch: Int { (training.count + batchSize - 1) / batchSize }
  /// The number of steps of the whole training, if nothing but its epochs or the plan's number of steps ends it.
  public var stepCount: Int { min(epochs * stepsPerEpoch, plan.stepBudget ?? .max) }
  /// Whether the training is done and measured: all its epochs, or as many as ``TrainingProgress/ending`` let it have.
  public var isFinished: Bool { progress.isFinished(epochs: epochs) }
  /// The number of the best epoch so far by the validation images; nil before the first measured one.
  public var bestEpoch: Int? { plan.watched.bestEpoch(of: progress.history) }

  /// The learning rate of a step, counted from 0, as far as it is known: a plateau may lower it later.
  func rate(at step: Int) -> Double { schedule.rate(at: step) * (plateau?.rate ?? 1) }

  /// Trains until the training is finished or `stop` asks for an end, which is followed after the step under way. The
  /// cancellation of the task that calls asks for an end too.
  ///
  /// The caller's thread calculates until this returns; see ``events`` for one of its own.
  ///
  /// - Parameters:
  ///   - stop: asks for an end; calling `run` again goes on.
  ///   - observer: called after each step, each batch of a measurement and each epoch, when ``state`` is what a
  ///     checkpoint must hold; an error that it throws ends the training.
  /// - Returns: whether the training is finished.
  /// - Throws: `InputError` or ``TrainingError`` when network and images do not fit, the loss or a gradient is no longer
  ///   finite or nothing learns, and what `observer` throws.
  @discardableResult
  public func run(
    until stop: StopRequest = StopRequest(), observer: (TrainingEvent) throws -> Void = { _ in }
  ) throws -> Bool {
    try checkFit(model, training)
    guard !isFinished else { return true }
    throughput = Throughput()
    let own = model.namedParameters.map { (parameter: $0.parameter, name: $0.name, learns: $0.parameter.isTrainable) }
    defer { own.forEach { $0.parameter.isTrainable = $0.learns } }
    var batches = prefetchedBatches()
    while !isFinished {
      let epoch = progress.epoch + 1
      own.forEach { $0.parameter.isTrainable = $0.learns && plan.learns($0.name, in: epoch) }
      guard own.contains(where: \.parameter.isTrainable) else { throw TrainingError.nothingToLearn(epoch: epoch) }
      guard try runEpoch(&batches, until: stop, observer) else { return false }
      if isAsked(stop) { break }
    }
    return isFinished
  }

  /// The batches of all steps that are left, made ahead across the ends of epochs: no step waits for the first of its epoch.
  private func prefetchedBatches() -> PrefetchedBatches.Iterator {
    let (training, batchSize, augmentation, seed) = (training, batchSize, augmentation, seed)
    return PrefetchedEpochs(progress.epoch..<epochs, startingAt: progress.batch) { epoch in
      Batches(
        training, size: batchSize, order: .shuffled(seed: seed, epoch: epoch),
        augmenter: Augmenter(augmentation, seed: seed, epoch: epoch))
    }.makeIterator()
  }

  /// The rest of the epoch under way; false if a stop came before its end.
  private func runEpoch(
    _ batches: inout PrefetchedBatches.Iterator, until stop: StopRequest, _ observer: (TrainingEvent) throws -> Void
  ) throws -> Bool {
    if !isEpochOver { guard try takeSteps(&batches, until: stop, observer) else { return false } }
    guard let report = try finishedEpoch(until: stop, observer) else { return false }
    try observer(.epoch(report))
    return true
  }

  private func takeSteps(
    _ batches: inout PrefetchedBatches.Iterator, until stop: StopRequest, _ observer: (TrainingEvent) throws -> Void
  ) throws -> Bool {
    var watch = Stopwatch()
    while let batch = batches.next() {
      if let failure = batch.failure { throw failure }
      let batchLoss = try takeStep(batch)
      let seconds = watch.lap()
      throughput.add(images: batch.count, seconds: seconds)
      closeStep(seconds: seconds)
      try observer(.step(report(loss: batchLoss)))
      if isEpochOver { return true }
      if isAsked(stop) { return false }
    }
    return true
  }

  /// Whether the epoch under way has no more steps.
  var isEpochOver: Bool { progress.batch == stepsPerEpoch || progress.ending != nil }

  /// Whether an end is asked for.
  func isAsked(_ stop: StopRequest) -> Bool { stop.isRequested || Task.isCancelled }

  /// Counts a step, sees whether it is the last, and takes its weights into the average.
  private func closeStep(seconds: Double) {
    progress.step += 1
    progress.batch += 1
    progress.sums.seconds += seconds
    if progress.step < epochs * stepsPerEpoch {
      let spent = progress.history.reduce(progress.sums.seconds) { $0 + $1.seconds }
      if let budget = plan.timeBudget, spent >= budget { progress.ending = .timeBudget }
      if let budget = plan.stepBudget, progress.step >= budget { progress.ending = .stepBudget }
    }
    guard let averaging = plan.average, progress.epoch + 1 >= averaging.firstEpoch else { return }
    // An equal average takes in an epoch's last weights, here and not with its measurement, which may be made twice.
    if averaging.rule != .equal || isEpochOver { average?.update() }
  }

  private func report(loss: Double) -> StepReport {
    let imagesLeft = min(
      (epochs - progress.epoch) * training.count - progress.sums.images, (stepCount - progress.step) * batchSize)
    let secondsLeft = (throughput.seconds(for: imagesLeft) ?? 0) + Double(epochs - progress.epoch) * evaluationSeconds
    return StepReport(
      step: progress.step, stepCount: stepCount, epoch: progress.epoch + 1, epochCount: epochs, batch: progress.batch,
      batchCount: stepsPerEpoch, learningRate: optimizer.learningRate, loss: loss,
      epochLoss: progress.sums.meanLoss, epochAccuracy: progress.sums.accuracy, imagesPerSecond: throughput.rate,
      secondsLeft: secondsLeft)
  }
}
