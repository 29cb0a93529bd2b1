import Autograd
import Datasets
import NNLayers
import TensorCore

/// How well a network does on a set of images.
public struct Evaluation: Sendable, Equatable {
  /// The mean loss.
  public let loss: Double
  /// Which classes were taken for which.
  public let confusion: ConfusionMatrix
  /// Images that were not recognised: those that the network was surest of, in that order.
  public let wrongAnswers: [WrongAnswer]
  /// The figures of further metrics by their names.
  public let metrics: [String: Double]

  /// The share of the images that were recognised.
  public var accuracy: Double { confusion.accuracy }
}

/// An image that was not recognised.
public struct WrongAnswer: Sendable, Equatable {
  /// The image's number in its data set.
  public let sampleIndex: Int
  /// Its class.
  public let label: Int
  /// What the network thought, best first.
  public let predictions: [Prediction]
}

/// How far an evaluation has come.
public struct EvaluationProgress: Sendable, Equatable, Codable {
  /// The images measured.
  public let done: Int
  /// The images to be measured.
  public let total: Int
  /// Which images they are.
  public let part: Part

  /// A part of a data set that is measured.
  public enum Part: String, Sendable, Hashable, Codable {
    /// The images that settings are chosen by.
    case validation
    /// The images of the final figure.
    case test
  }
}

/// A loss of logits `[N, C]` and labels `[N]`: a variable of one element, the mean over the batch.
public typealias LossFunction = (Variable, Tensor<Int64>) -> Variable

/// Measures a network on a set of images, batch by batch, in inference: nothing is recorded and no state changes.
///
/// - Parameters:
///   - model: the network.
///   - samples: the images, prepared as the network was trained.
///   - batchSize: the images of a batch. Default 256.
///   - loss: what to measure beside accuracy. Default: cross-entropy.
///   - metrics: what to measure further; those that are given stay as they are. Default: nothing.
///   - part: what the images are called in `afterBatch`. Default: the test images.
///   - wrongAnswerLimit: how many wrong answers to keep, the surest first. Default 24.
///   - afterBatch: called after each batch; an error that it throws ends the evaluation.
/// - Throws: `InputError` or ``TrainingError/outputMismatch(expected:found:)`` when network and images do not fit, and
///   what `afterBatch` throws.
public func evaluate(
  _ model: any Layer, on samples: PreparedImages, batchSize: Int = 256, loss: LossFunction = { crossEntropy($0, $1) },
  metrics: [any Metric] = [], as part: EvaluationProgress.Part = .test, wrongAnswerLimit: Int = 24,
  afterBatch: (EvaluationProgress) throws -> Void = { _ in }
) throws -> Evaluation {
  try checkFit(model, samples)
  var tally = Tally(classCount: samples.dataset.classNames.count, wrongAnswerLimit: wrongAnswerLimit)
  var metrics = metrics
  let ready = model.prepared()
  for batch in Batches(samples, size: batchSize).prefetched() {
    if let failure = batch.failure { throw failure }
    let logits = try ready.predict(batch.images)
    tally.add(batch.sampleIndices, batch.labels, logits: logits, loss: loss(Variable(logits), batch.labels).item)
    for index in metrics.indices { metrics[index].add(logits, batch.labels) }
    try afterBatch(EvaluationProgress(done: tally.confusion.total, total: samples.count, part: part))
  }
  return tally.evaluation(metrics)
}

/// Throws unless the network takes such images and gives a logit for each class, as far as it knows before it is called.
///
/// - Throws: `InputError` for images that it cannot take, ``TrainingError/outputMismatch(expected:found:)`` for other outputs.
public func checkFit(_ model: any Layer, _ samples: PreparedImages) throws {
  let input = Shape([1] + samples.preprocessing.outputShape.sizes)
  guard let output = try model.outputShape(for: input) else { return }
  let expected: Shape = [1, samples.dataset.classNames.count]
  guard output == expected else { throw TrainingError.outputMismatch(expected: expected, found: output) }
}

/// What is collected in the course of an evaluation.
struct Tally {
  var confusion: ConfusionMatrix
  private var lossSum = 0.0
  private var wrongAnswers: [WrongAnswer] = []
  private let wrongAnswerLimit: Int

  init(classCount: Int, wrongAnswerLimit: Int) {
    confusion = ConfusionMatrix(classCount: classCount)
    self.wrongAnswerLimit = wrongAnswerLimit
  }

  mutating func add(_ sampleIndices: [Int], _ labels: Tensor<Int64>, logits: Tensor<Float>, loss: Double) {
    lossSum += loss * Double(sampleIndices.count)
    let labels = labels.scalars
    LogitRows(logits).forEach { position, row in
      let (label, answer) = (Int(labels[position]), row.largest)
      confusion.add(label: label, prediction: answer)
      guard answer != label else { return }
      wrongAnswers.append(
        WrongAnswer(sampleIndex: sampleIndices[position], label: label, predictions: row.top(5)))
    }
    keepSurest()
  }

  /// Drops the wrong answers beyond the limit, so that a large set needs no more memory than a small one.
  private mutating func keepSurest() {
    func sureness(_ answer: WrongAnswer) -> Double { answer.predictions.first?.probability ?? 0 }
    wrongAnswers.sort { (sureness($1), $0.sampleIndex) < (sureness($0), $1.sampleIndex) }
    wrongAnswers.removeLast(max(0, wrongAnswers.count - wrongAnswerLimit))
  }

  func evaluation(_ metrics: [any Metric]) -> Evaluation {
    Evaluation(
      loss: lossSum / Double(confusion.total), confusion: confusion, wrongAnswers: wrongAnswers,
      metrics: Dictionary(metrics.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }))
  }
}
