import Autograd
import TensorCore

/// The binary cross-entropy of probabilities: -y log p - (1 - y) log(1 - p) of each element.
///
/// Logarithms are -100 at least, as in PyTorch, so that a sure and wrong answer costs 100. From logits,
/// ``binaryCrossEntropyWithLogits(_:_:positiveWeight:reduction:)`` is more precise.
///
/// ```swift
/// let loss = binaryCrossEntropy(logits.sigmoid(), targets)
/// ```
///
/// - Parameters:
///   - probabilities: p, of any shape, each in 0...1; others stop the program, NaN stays.
///   - targets: y, of the same shape, as a rule 0 or 1. Gradients flow to them, too.
///   - reduction: of the losses. Default their mean.
/// - Returns: a variable of shape `[]`; without a reduction of the probabilities' shape.
public func binaryCrossEntropy(
  _ probabilities: Variable, _ targets: Variable, reduction: Reduction = .mean
) -> Variable {
  probabilities.binaryCrossEntropy(targets: targets).reduced(reduction)
}

/// The binary cross-entropy of logits: w y log(1 + e^-x) + (1 - y) log(1 + e^x) of each element, which is that of
/// p = sigmoid(x), without overflow.
///
/// A logit of ±∞ that agrees with a target of 1 or 0 costs nothing, another ∞.
///
/// ```swift
/// let loss = binaryCrossEntropyWithLogits(logits, targets, positiveWeight: Tensor(3))
/// ```
///
/// - Parameters:
///   - logits: x, of any shape.
///   - targets: y, of the same shape, as a rule 0 or 1. Gradients flow to them, too.
///   - positiveWeight: w, what positive targets count: above 1 for more recall. Of a shape that broadcasts to the logits',
///     such as `[C]` for `[N, C]`. Default 1.
///   - reduction: of the losses. Default their mean.
/// - Returns: a variable of shape `[]`; without a reduction of the logits' shape.
public func binaryCrossEntropyWithLogits(
  _ logits: Variable, _ targets: Variable, positiveWeight: Tensor<Double>? = nil, reduction: Reduction = .mean
) -> Variable {
  logits.binaryCrossEntropyWithLogits(targets: targets, positiveWeight: positiveWeight).reduced(reduction)
}
