import Autograd
import Datasets
import NNLayers
import Optimizers
import TensorCore

extension Trainer {
  /// Measures the epoch and puts it into the history; nil if a stop came before its end.
  func finishedEpoch(
    until stop: StopRequest, _ observer: (TrainingEvent) throws -> Void
  ) throws -> EpochReport? {
    var watch = Stopwatch()
    do {
      try withMeasuredWeights(until: stop) {
        validationEvaluation = try validation.map { try measure($0, as: .validation, until: stop, observer) }
        evaluation = try test.map { try measure($0, as: .test, until: stop, observer) }
        keepIfBest()
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
    if let figure = plan.watched.value(of: report) { plateau?.observe(figure) }
    if progress.epoch < epochs, progress.ending == nil,
      plan.earlyStopping?.isDue(after: progress.history) == true
    {
      progress.ending = .earlyStopping
    }
    return report
  }

  private func measure(
    _ images: PreparedImages, as part: EvaluationProgress.Part, until stop: StopRequest,
    _ observer: (TrainingEvent) throws -> Void
  ) throws -> Evaluation {
    try evaluate(model, on: images, batchSize: batchSize, loss: testLoss, metrics: metrics, as: part) { measured in
      try observer(.evaluating(measured))
      if isAsked(stop) && measured.done < measured.total { throw Stopped() }
    }
  }

  /// Keeps the weights that were just measured if no epoch before was better. Holding them costs a copy at the next step.
  private func keepIfBest() {
    guard let measured = validationEvaluation else { return }
    let value = plan.watched == .loss ? measured.loss : measured.accuracy
    let before = bestEpoch.flatMap { plan.watched.value(of: progress.history[$0 - 1]) }
    if plan.watched.isBetter(value, than: before) { best = model.stateDictionary() }
  }

  private func epochReport() -> EpochReport {
    EpochReport(
      epoch: progress.epoch + 1, step: progress.step, learningRate: rate(at: progress.step - 1),
      trainingLoss: progress.sums.meanLoss, trainingAccuracy: progress.sums.accuracy,
      validationLoss: validationEvaluation?.loss, validationAccuracy: validationEvaluation?.accuracy,
      testLoss: evaluation?.loss, testAccuracy: evaluation?.accuracy,
      seconds: progress.sums.seconds + evaluationSeconds,
      imagesPerSecond: Double(progress.sums.images) / max(progress.sums.seconds, .leastNormalMagnitude),
      validationMetrics: metrics.isEmpty ? nil : validationEvaluation?.metrics,
      testMetrics: metrics.isEmpty ? nil : evaluation?.metrics)
  }
}

extension Trainer {
  /// What `body` returns with the weights that the network is measured with: the averages, if there are any. Afterwards it
  /// has its own again.
  private func withMeasuredWeights<Result>(until stop: StopRequest, _ body: () throws -> Result) throws -> Result {
    guard let average, average.count > 0 else { return try body() }
    let kept = buffers.map(\.value)
    defer { for (buffer, value) in zip(buffers, kept) { buffer.value = value } }
    return try average.withAveragedWeights {
      if average.rule == .equal { try renewBuffers(until: stop) }
      return try body()
    }
  }

  /// Shows the network the training images, unchanged and in their order, so that running statistics become those of the
  /// weights it has now. A small set is shown several times, until little is left of what the averages began with.
  private func renewBuffers(until stop: StopRequest) throws {
    guard !buffers.isEmpty else { return }
    let rounds = (64 + stepsPerEpoch - 1) / stepsPerEpoch
    for round in 0..<rounds {
      let random = RandomStream(key: seed, stream: 1 << 62 | UInt64(round), counter: 0)
      for batch in Batches(training, size: batchSize).prefetched() {
        _ = model(batch.images, Context(mode: .training, random: random))
        if isAsked(stop) { throw Stopped() }
      }
    }
  }

  /// The weights of the training's end, or of its best epoch, with all buffers: what is saved and shown to others.
  ///
  /// - Parameter choice: which weights. Those of the end are the average, if the plan has one that has begun. Without
  ///   validation images the end's are the best.
  public func weights(_ choice: KeptWeights) -> StateDictionary {
    if choice == .best, let best { return best }
    // Nobody asks for a stop here, so nothing is thrown.
    let measured = try? withMeasuredWeights(until: StopRequest()) { model.stateDictionary() }
    return measured ?? model.stateDictionary()
  }

  /// Gives the network the weights of the best epoch so far by the validation images, the averaged ones where the plan
  /// has an average.
  ///
  /// For the end of a training: one that goes on would go on from them.
  ///
  /// - Returns: whether there is such an epoch; without one nothing changes.
  @discardableResult
  public func restoreBest() -> Bool {
    guard let best else { return false }
    do {
      try model.load(best)
    } catch {
      stop("restoreBest", error.description)
    }
    return true
  }
}

/// Which weights of a training are its result.
public enum KeptWeights: String, Sendable, Hashable, Codable, CaseIterable {
  /// Those of the epoch with the best validation figure.
  case best
  /// Those of the end.
  case last
}

/// Ends a measurement when a stop was asked for.
private struct Stopped: Error {}
