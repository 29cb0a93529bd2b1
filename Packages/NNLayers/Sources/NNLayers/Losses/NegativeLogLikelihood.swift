import Autograd
import TensorCore

/// The negative log-likelihood of labels: -w[label] x[label] of each sample or position, for logarithms x of probabilities.
///
/// What follows a log-softmax: `negativeLogLikelihood(logits.logSoftmax(along: 1), labels)` is
/// ``crossEntropy(_:_:classWeights:ignoring:smoothing:reduction:)`` of the logits, which is faster. The mean is
/// Σ loss / Σ w[label], over the samples that are not ignored, as in PyTorch; NaN if all are. A logarithm of -∞ at the
/// label gives ∞.
///
/// ```swift
/// let loss = negativeLogLikelihood(logProbabilities, labels)
/// ```
///
/// - Parameters:
///   - logProbabilities: `[N, C]` or `[N, C, d₁, …]`.
///   - labels: `[N]` or `[N, d₁, …]`, each in `0..<C`.
///   - classWeights: w, `[C]`, none negative. Default 1 each.
///   - ignored: a label whose samples have neither loss nor gradient. Default none.
///   - reduction: of the losses. Default their mean.
/// - Returns: a variable of shape `[]`; without a reduction of the labels' shape.
public func negativeLogLikelihood(
  _ logProbabilities: Variable, _ labels: Tensor<Int64>, classWeights: Tensor<Double>? = nil,
  ignoring ignored: Int64? = nil, reduction: Reduction = .mean
) -> Variable {
  let name = "negativeLogLikelihood"
  let rows = ClassRows(logProbabilities, name)
  let labels = rows.rows(labels, ignoring: ignored, name)
  checkClassWeights(classWeights, rows.classCount, name)
  let weights = RowWeights(labels, classWeights, ignoring: ignored)
  let losses = weights.applied(to: -rows.labeled(labels, ignoring: ignored))
  return rows.placed(losses).reduced(reduction, weighing: weights.total)
}

extension ClassRows {
  /// The score of each row's label, `[M]`; any score where the label is ignored.
  func labeled(_ labels: Tensor<Int64>, ignoring ignored: Int64? = nil) -> Variable {
    let places = ignored.map { ignored in (labels .== ignored).select(0, labels) } ?? labels
    return scores.gather(places.reshaped([labels.count, 1]), along: 1).reshaped([labels.count])
  }
}
