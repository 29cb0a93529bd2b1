import Autograd
import TensorCore

/// The focal loss of logits with yes-or-no targets: -α_t (1 - p_t)^γ log p_t of each element, where p_t is the probability
/// sigmoid(x) that the logit gives its target, and α_t is α for a target of 1 and 1 - α for one of 0.
///
/// The factor (1 - p_t)^γ takes weight from what is easily told, so that rare classes are learnt among very many easy
/// negatives. All is calculated from log(1 + e^±x), without overflow.
///
/// ```swift
/// let loss = focalLoss(logits, targets, reduction: .sum) / Double(boxCount)
/// ```
///
/// Source: Lin et al. 2017, "Focal loss for dense object detection". As torchvision's `sigmoid_focal_loss`, but for the
/// default reduction.
///
/// - Parameters:
///   - logits: x, of any shape, finite: the slope of an infinite one is NaN.
///   - targets: of the same shape, each 0 or 1.
///   - alpha: α, of 0...1; nil for no balance. Default 0.25.
///   - gamma: γ, not negative; 0 gives the binary cross-entropy. Default 2.
///   - reduction: of the losses. Default their mean.
/// - Returns: a variable of shape `[]`; without a reduction of the logits' shape.
public func focalLoss(
  _ logits: Variable, _ targets: Variable, alpha: Double? = 0.25, gamma: Double = 2, reduction: Reduction = .mean
) -> Variable {
  checkFocus(alpha, gamma)
  guard targets.doubles.scalars.allSatisfy({ $0 == 0 || $0 == 1 }) else {
    stop("focalLoss", "each of the targets \(targets.shape) must be 0 or 1")
  }
  var losses = logits.binaryCrossEntropyWithLogits(targets: targets)
  if gamma > 0 {
    // log(1 - p_t), less its sign: the loss that the opposite target would have.
    losses = losses * (logits.binaryCrossEntropyWithLogits(targets: 1 - targets) * -gamma).exp()
  }
  guard let alpha else { return losses.reduced(reduction) }
  return (losses * (targets * (2 * alpha - 1) + (1 - alpha))).reduced(reduction)
}

/// The focal loss of logits with integer labels: -w[label] (1 - p)^γ log p of each sample or position, with the probability
/// p = softmax(logits)[label].
///
/// ```swift
/// let loss = focalLoss(model(images, context), labels, gamma: 2)
/// ```
///
/// The mean divides by the number of samples and positions. Source: Lin et al. 2017, "Focal loss for dense object
/// detection", for several classes.
///
/// - Parameters:
///   - logits: `[N, C]` or `[N, C, d₁, …]`, finite, not normalised.
///   - labels: `[N]` or `[N, d₁, …]`, each in `0..<C`.
///   - classWeights: w, `[C]`, none negative: the paper's α. Default 1 each.
///   - gamma: γ, 0 or at least 1; 0 gives the cross-entropy. Default 2.
///   - reduction: of the losses. Default their mean.
/// - Returns: a variable of shape `[]`; without a reduction of the labels' shape.
public func focalLoss(
  _ logits: Variable, _ labels: Tensor<Int64>, classWeights: Tensor<Double>? = nil, gamma: Double = 2,
  reduction: Reduction = .mean
) -> Variable {
  checkFocus(nil, gamma)
  guard gamma == 0 || gamma >= 1 else { stop("focalLoss", "gamma must be 0 or at least 1, it is \(gamma)") }
  let rows = ClassRows(logits, "focalLoss")
  let labels = rows.rows(labels, ignoring: nil, "focalLoss")
  checkClassWeights(classWeights, rows.classCount, "focalLoss")
  var losses = rows.scores.crossEntropy(labels: labels)
  // 1 - p = -expm1(-loss), precise also where p is nearly 1.
  if gamma > 0 { losses = losses * (-(-losses).expm1()).power(gamma) }
  let weights = RowWeights(labels, classWeights, ignoring: nil)
  return rows.placed(weights.applied(to: losses)).reduced(reduction)
}

private func checkFocus(_ alpha: Double?, _ gamma: Double) {
  guard gamma >= 0 else { stop("focalLoss", "gamma must not be negative, it is \(gamma)") }
  guard let alpha, !(0...1).contains(alpha) else { return }
  stop("focalLoss", "alpha must lie in 0...1, it is \(alpha)")
}
