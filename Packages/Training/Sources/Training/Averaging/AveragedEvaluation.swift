import Autograd
import Datasets
import NNLayers
import TensorCore

/// Measures a classifier on a set of images by the means of its answers' probabilities: several networks, dropout in force,
/// several views of each image, or all of it.
///
/// The loss is the cross-entropy of the mean probabilities.
///
/// - Parameters:
///   - classifier: who answers.
///   - samples: the images, prepared as the networks were trained.
///   - views: which views of each image are shown, in the size that the preparation takes. Default: the image itself.
///   - batchSize: the images, or views, of a batch. Default 256.
///   - wrongAnswerLimit: how many wrong answers to keep, the surest first. Default 24.
///   - afterBatch: called after each batch; an error that it throws ends the evaluation.
/// - Throws: `InputError` or ``TrainingError/outputMismatch(expected:found:)`` when classifier and images do not fit, and
///   what `afterBatch` throws.
public func evaluate(
  _ classifier: any Classifier, on samples: PreparedImages, seenAs views: ImageViews? = nil, batchSize: Int = 256,
  wrongAnswerLimit: Int = 24, afterBatch: (EvaluationProgress) throws -> Void = { _ in }
) throws -> Evaluation {
  let classCount = samples.dataset.classNames.count
  var tally = Tally(classCount: classCount, wrongAnswerLimit: wrongAnswerLimit)
  let imageCount = views == nil ? batchSize : max(1, batchSize / 10)
  for start in stride(from: 0, to: samples.count, by: imageCount) {
    let indices = Array(start..<min(start + imageCount, samples.count))
    let average = try classifier.averagedProbabilities(of: indices, in: samples, seenAs: views)
    guard average.classCount == classCount else {
      throw TrainingError.outputMismatch(
        expected: [indices.count, classCount], found: [indices.count, average.classCount])
    }
    let labels = samples.dataset.labels.take(Tensor(indices.map(Int64.init)), along: 0)
    let logits = average.logits
    tally.add(indices, labels, logits: logits, loss: crossEntropy(Variable(logits), labels).item)
    try afterBatch(EvaluationProgress(done: tally.confusion.total, total: samples.count, part: .test))
  }
  return tally.evaluation([])
}

extension Classifier {
  fileprivate func averagedProbabilities(
    of indices: [Int], in samples: PreparedImages, seenAs views: ImageViews?
  ) throws -> AnswerAverage {
    guard let views else { return try averagedProbabilities(for: samples.images(at: indices)) }
    return try averagedProbabilities(
      for: indices.map(samples.dataset.image), seenAs: views, preparedBy: samples.prepared)
  }
}
