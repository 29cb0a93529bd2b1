import Autograd
import TensorCore

/// The cross-entropy of logits with integer labels: -w log softmax(logits)[label] of each sample or position.
///
/// With label smoothing e the target is 1 - e + e / C for the label and e / C for every other class, so that a network is
/// not driven to ever larger logits: (1 - e) w[label] (-log p[label]) + e / C Σ w[c] (-log p[c]), with
/// p = softmax(logits). Source: Szegedy et al. 2016, "Rethinking the Inception Architecture for Computer Vision".
///
/// ```swift
/// let loss = crossEntropy(model(images, context), labels, smoothing: 0.1)
/// let rare = crossEntropy(maps, masks, classWeights: [1, 4], ignoring: 255)
/// ```
///
/// The mean is Σ loss / Σ w[label], over the samples that are not ignored, as in PyTorch; NaN if all are. Logits of any
/// finite size are safe. A logit of -∞ rules a class out: the loss is ∞ where that is the label; +∞ gives NaN.
///
/// - Parameters:
///   - logits: `[N, C]`, or `[N, C, d₁, …]` for a class per position; not normalised.
///   - labels: `[N]` or `[N, d₁, …]`, each in `0..<C`.
///   - classWeights: w, `[C]`, none negative. Default 1 each.
///   - ignored: a label, in `0..<C` or not, whose samples have neither loss nor gradient. Default none.
///   - smoothing: e, of 0...1. Default 0.
///   - reduction: of the losses. Default their mean.
/// - Returns: a variable of shape `[]`; without a reduction of the labels' shape.
public func crossEntropy(
  _ logits: Variable, _ labels: Tensor<Int64>, classWeights: Tensor<Double>? = nil, ignoring ignored: Int64? = nil,
  smoothing: Double = 0, reduction: Reduction = .mean
) -> Variable {
  let name = "crossEntropy"
  let rows = ClassRows(logits, name)
  let labels = rows.rows(labels, ignoring: ignored, name)
  checkClassWeights(classWeights, rows.classCount, name)
  checkSmoothing(smoothing, name)
  guard classWeights != nil || ignored != nil else {
    return rows.placed(rows.scores.crossEntropy(labels: labels, smoothing: smoothing)).reduced(reduction)
  }
  let weights = RowWeights(labels, classWeights, ignoring: ignored)
  return rows.placed(losses(rows, labels, classWeights, weights, ignored, smoothing))
    .reduced(reduction, weighing: weights.total)
}

private func losses(
  _ rows: ClassRows, _ labels: Tensor<Int64>, _ classWeights: Tensor<Double>?, _ weights: RowWeights,
  _ ignored: Int64?, _ smoothing: Double
) -> Variable {
  guard let classWeights else {
    return rows.scores.crossEntropy(labels: labels, smoothing: smoothing, ignoring: ignored)
  }
  let weighed = weights.applied(to: rows.scores.crossEntropy(labels: labels, ignoring: ignored))
  guard smoothing > 0 else { return weighed }
  // Every class counts by its own weight, in rows that are not ignored.
  let kept = Tensor(labels.scalars.map { $0 == ignored ? 0.0 : 1 }, shape: [labels.count, 1])
  let shares = Variable(kept * classWeights * (smoothing / Double(rows.classCount)), as: rows.scores.precision)
  return weighed * (1 - smoothing) + rows.scores.crossEntropy(targets: shares)
}

/// The cross-entropy of logits with one-hot or soft targets: -Σ w[c] t[c] log softmax(logits)[c] of each sample or position.
///
/// With label smoothing e the targets are (1 - e) t + e / C. The mean divides by the number of samples and positions,
/// whatever the weights, as in PyTorch. A target of 0 adds nothing even where the logit is -∞.
///
/// ```swift
/// let mixed = crossEntropy(logits, Variable(labels.oneHot(classCount: 10) * 0.7 + others.oneHot(classCount: 10) * 0.3))
/// ```
///
/// - Parameters:
///   - logits: `[N, C]` or `[N, C, d₁, …]`, not normalised.
///   - targets: of the same shape: the classes' shares, as a rule of sum 1. Gradients flow to them, too.
///   - classWeights: w, `[C]`, none negative. Default 1 each.
///   - smoothing: e, of 0...1. Default 0.
///   - reduction: of the losses. Default their mean.
/// - Returns: a variable of shape `[]`; without a reduction `[N]` or `[N, d₁, …]`.
public func crossEntropy(
  _ logits: Variable, _ targets: Variable, classWeights: Tensor<Double>? = nil, smoothing: Double = 0,
  reduction: Reduction = .mean
) -> Variable {
  let name = "crossEntropy"
  guard logits.shape == targets.shape else {
    stop(name, "logits \(logits.shape) and targets \(targets.shape) differ in shape")
  }
  checkSmoothing(smoothing, name)
  let rows = ClassRows(logits, name)
  checkClassWeights(classWeights, rows.classCount, name)
  var shares = ClassRows.rows(targets)
  if smoothing > 0 { shares = shares * (1 - smoothing) + smoothing / Double(rows.classCount) }
  if let classWeights { shares = shares * Variable(classWeights, as: shares.precision) }
  return rows.placed(rows.scores.crossEntropy(targets: shares)).reduced(reduction)
}

private func checkSmoothing(_ smoothing: Double, _ name: String) {
  guard (0...1).contains(smoothing) else { stop(name, "the smoothing \(smoothing) does not lie in 0...1") }
}
