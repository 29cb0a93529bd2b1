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
public final class Trainer {
  /// The network.
  public let model: any Layer
  /// The update rule, made for the network's parameters.
  public let optimizer: any Optimizer
  /// The learning rate of each step.
  public let schedule: any Schedule
  /// What is made small.
  public let loss: LossFunction
  /// What the test images are measured by, beside accuracy.
  public let testLoss: LossFunction
  /// What is changed at random in the training images.
  public let augmentation: Augmentation
  /// The images that are learnt from.
  public let training: PreparedImages
  /// The images that each epoch is measured with, if any.
  public let test: PreparedImages?
  /// The number of passes through the training images.
  public let epochs: Int
  /// The number of images in a step; the last step of an epoch may have fewer.
  public let batchSize: Int
  /// Where the random numbers come from.
  public let seed: UInt64
  /// How far the training has come.
  public internal(set) var progress = TrainingProgress()
  /// The last measurement of the test images, if any since the trainer was made.
  public private(set) var evaluation: Evaluation?

  private var throughput = Throughput()
  private var evaluationSeconds = 0.0

  /// A training that has not begun.
  ///
  /// - Parameters:
  ///   - model: the network.
  ///   - optimizer: the update rule, made for the network's parameters.
  ///   - schedule: the learning rate of each step. Default: the optimiser's own rate throughout.
  ///   - loss: of logits and labels. Default: cross-entropy.
  ///   - testLoss: what the test images are measured by. Default: `loss`.
  ///   - augmentation: what is changed at random in the training images, in which their accuracy is counted too. Default
  ///     nothing.
  ///   - training: the images to learn from.
  ///   - test: the images to measure each epoch with. Default none.
  ///   - epochs: the number of passes, at least 1.
  ///   - batchSize: the number of images in a step, at least 1.
  ///   - seed: where the random numbers come from.
  public init(
    _ model: any Layer, _ optimizer: any Optimizer, schedule: (any Schedule)? = nil,
    loss: @escaping LossFunction = { crossEntropy($0, $1) }, testLoss: LossFunction? = nil,
    augmentation: Augmentation = .none, training: PreparedImages, test: PreparedImages? = nil, epochs: Int,
    batchSize: Int, seed: UInt64
  ) {
    guard epochs >= 1, batchSize >= 1 else {
      stop("Trainer", "needs at least 1 epoch and 1 image in a batch, got \(epochs) and \(batchSize)")
    }
    self.model = model
    self.optimizer = optimizer
    self.schedule = schedule ?? ConstantSchedule(optimizer.learningRate)
    self.loss = loss
    self.testLoss = testLoss ?? loss
    self.augmentation = augmentation
    self.training = training
    self.test = test
    self.epochs = epochs
    self.batchSize = batchSize
    self.seed = seed
  }

  /// The number of steps of an epoch.
  public var stepsPerEpoch: Int { (training.count + batchSize - 1) / batchSize }
  /// The number of steps of the whole training.
  public var stepCount: Int { epochs * stepsPerEpoch }
  /// Whether all epochs are done and measured.
  public var isFinished: Bool { progress.epoch == epochs }

  /// Trains until all epochs are done or `stop` asks for an end, which is followed after the step under way.
  ///
  /// - Parameters:
  ///   - stop: asks for an end; calling `run` again goes on.
  ///   - observer: called after each step, each batch of a measurement and each epoch, when ``state`` is what a
  ///     checkpoint must hold; an error that it throws ends the training.
  /// - Returns: whether the training is finished.
  /// - Throws: `InputError` or ``TrainingError`` when network and images do not fit or the loss is no longer finite, and
  ///   what `observer` throws.
  @discardableResult
  public func run(
    until stop: StopRequest = StopRequest(), observer: (TrainingEvent) throws -> Void = { _ in }
  ) throws -> Bool {
    try checkFit(model, training)
    throughput = Throughput()
    while !isFinished {
      guard try runEpoch(until: stop, observer) else { return false }
      if stop.isRequested { break }
    }
    return isFinished
  }

  /// The rest of the epoch under way; false if a stop came before its end.
  private func runEpoch(until stop: StopRequest, _ observer: (TrainingEvent) throws -> Void) throws -> Bool {
    let batches = Batches(
      training, size: batchSize, order: .shuffled(seed: seed, epoch: progress.epoch),
      augmenter: Augmenter(augmentation, seed: seed, epoch: progress.epoch))
    var watch = Stopwatch()
    for batch in batches.starting(at: progress.batch).prefetched() {
      let batchLoss = try takeStep(batch)
      let seconds = watch.lap()
      progress.sums.seconds += seconds
      throughput.add(images: batch.count, seconds: seconds)
      try observer(.step(report(loss: batchLoss)))
      if stop.isRequested && progress.batch < stepsPerEpoch { return false }
    }
    guard let report = try finishedEpoch(until: stop, observer) else { return false }
    try observer(.epoch(report))
    return true
  }

  /// One step; returns the loss of its batch.
  private func takeStep(_ batch: Batch) throws -> Double {
    // Streams from 2⁶³ on are the steps'; weights and orders draw from others.
    let random = RandomStream(key: seed, stream: 1 << 63 | UInt64(progress.step), counter: 0)
    let context = Context(mode: .training, random: random)
    let logits = model(batch.images, context)
    let batchLoss = loss(logits, batch.labels)
    let value = batchLoss.item
    optimizer.learningRate = schedule.rate(at: progress.step)
    guard value.isFinite else {
      throw TrainingError.diverged(step: progress.step + 1, loss: value, learningRate: optimizer.learningRate)
    }
    optimizer.step(batchLoss)
    count(batch, logits.floats, value)
    return value
  }

  private func count(_ batch: Batch, _ logits: Tensor<Float>, _ batchLoss: Double) {
    let labels = batch.labels.scalars
    LogitRows(logits).forEach { position, row in
      if row.largest == Int(labels[position]) { progress.sums.correct += 1 }
    }
    progress.sums.images += batch.count
    progress.sums.loss += batchLoss * Double(batch.count)
    progress.step += 1
    progress.batch += 1
  }

  /// Measures the epoch and puts it into the history; nil if a stop came before its end.
  private func finishedEpoch(
    until stop: StopRequest, _ observer: (TrainingEvent) throws -> Void
  ) throws -> EpochReport? {
    var watch = Stopwatch()
    do {
      evaluation = try test.map { test in
        try evaluate(model, on: test, batchSize: batchSize, loss: testLoss) { measured in
          try observer(.evaluating(measured))
          if stop.isRequested && measured.done < measured.total { throw Stopped() }
        }
      }
    } catch is Stopped {
      return nil
    }
    evaluationSeconds = watch.lap()
    let report = epochReport()
    progress.epoch += 1
    progress.batch = 0
    progress.sums = TrainingProgress.Sums()
    progress.history.append(report)
    return report
  }

  private func epochReport() -> EpochReport {
    EpochReport(
      epoch: progress.epoch + 1, step: progress.step, learningRate: schedule.rate(at: progress.step - 1),
      trainingLoss: progress.sums.meanLoss, trainingAccuracy: progress.sums.accuracy, testLoss: evaluation?.loss,
      testAccuracy: evaluation?.accuracy, seconds: progress.sums.seconds + evaluationSeconds,
      imagesPerSecond: Double(progress.sums.images) / max(progress.sums.seconds, .leastNormalMagnitude))
  }

  private func report(loss: Double) -> StepReport {
    let imagesLeft = (epochs - progress.epoch) * training.count - progress.sums.images
    let secondsLeft = (throughput.seconds(for: imagesLeft) ?? 0) + Double(epochs - progress.epoch) * evaluationSeconds
    return StepReport(
      step: progress.step, stepCount: stepCount, epoch: progress.epoch + 1, epochCount: epochs, batch: progress.batch,
      batchCount: stepsPerEpoch, learningRate: optimizer.learningRate, loss: loss,
      epochLoss: progress.sums.meanLoss, epochAccuracy: progress.sums.accuracy, imagesPerSecond: throughput.rate,
      secondsLeft: secondsLeft)
  }
}

/// Ends an evaluation when a stop was asked for.
private struct Stopped: Error {}
