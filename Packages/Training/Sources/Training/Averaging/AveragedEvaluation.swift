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
/// - Throws: `InputError` or ``TrainingError/outputMismatch(expected:found:)`` when classifier and images do not fit,
///   `FileError` for an image that can no longer be read, and what `afterBatch` throws.
public func evaluate(
  _ classifier: any Classifier, on samples: PreparedImages, seenAs views: ImageViews? = nil, batchSize: Int = 256,
  wrongAnswerLimit: Int = 24, afterBatch: (EvaluationProgress) throws -> Void = { _ in }
) throws -> Evaluation {
  let classCount = samples.dataset.classNames.count
  var tally = Tally(classCount: classCount, wrongAnswerLimit: wrongAnswerLimit)
  for batch in Batches(samples, size: views == nil ? batchSize : max(1, batchSize / 10)).prefetched() {
    if let failure = batch.failure { throw failure }
    let average = try classifier.averagedProbabilities(of: batch, in: samples, seenAs: views)
    guard average.classCount == classCount else {
      throw TrainingError.outputMismatch(
        expected: [batch.count, classCount], found: [batch.count, average.classCount])
    }
    let logits = average.logits
    let loss = crossEntropy(Variable(logits), batch.labels).item
    tally.add(batch.sampleIndices, batch.labels, logits: logits, loss: loss)
    try afterBatch(EvaluationProgress(done: tally.confusion.total, total: samples.count, part: .test))
  }
  return tally.evaluation([])
}

extension Classifier {
  fileprivate func averagedProbabilities(
    of batch: Batch, in samples: PreparedImages, seenAs views: ImageViews?
  ) throws -> AnswerAverage {
    guard let views else { return try averagedProbabilities(for: batch.images) }
    return try averagedProbabilities(
      for: batch.sampleIndices.map(samples.dataset.image), seenAs: views, preparedBy: samples.prepared)
  }
}
