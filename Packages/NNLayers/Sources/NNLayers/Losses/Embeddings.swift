import Autograd
import TensorCore

/// The cosine embedding loss of each pair: 1 - cos(a, b) for pairs that belong together (1), max(0, cos(a, b) - m) for those
/// that do not (-1).
///
/// cos(a, b) = a·b / √((‖a‖² + 10⁻¹²) (‖b‖² + 10⁻¹²)), as in PyTorch, so that a vector of zeros has the cosine 0.
///
/// ```swift
/// let loss = cosineEmbeddingLoss(network(left, context), network(right, context), Tensor([1, -1]))
/// ```
///
/// - Parameters:
///   - a: `[N, D]`, finite, of a length whose square does not overflow.
///   - b: `[N, D]`.
///   - answers: `[N]`, each 1 or -1.
///   - margin: m, of -1...1. Default 0.
///   - reduction: of the losses. Default their mean.
/// - Returns: a variable of shape `[]`; without a reduction `[N]`.
public func cosineEmbeddingLoss(
  _ a: Variable, _ b: Variable, _ answers: Tensor<Int64>, margin: Double = 0, reduction: Reduction = .mean
) -> Variable {
  let name = "cosineEmbeddingLoss"
  checkEqualShapes(a, b, name)
  guard a.rank == 2, answers.shape == [a.shape[0]] else {
    stop(name, "vectors [N, D] need answers [N], not \(a.shape) and \(answers.shape)")
  }
  checkAnswers(answers, name)
  let tiny = 1e-12
  let lengths = (a.sumOfSquares(along: [1]) + tiny).sqrt() * (b.sumOfSquares(along: [1]) + tiny).sqrt()
  let cosines = (a * b).sum(along: [1]) / lengths
  return (answers .== 1).select(1 - cosines, (cosines - margin).relu()).reduced(reduction)
}

/// The triplet margin loss of each sample: max(0, d(a, p) - d(a, n) + m), which draws what is alike together and pushes what
/// is not away.
///
/// d(a, b) = ‖a - b + 10⁻⁶‖, as in PyTorch, Euclidean or of norm 1; the slope of a distance of 0 is 0.
///
/// ```swift
/// let loss = tripletMarginLoss(anchor: embedding(x, context), positive: same, negative: other, margin: 0.2)
/// ```
///
/// Source: Schroff, Kalenichenko and Philbin 2015, "FaceNet"; swapping: Balntas et al. 2016, "Learning local feature
/// descriptors with triplets".
///
/// - Parameters:
///   - anchor: a, `[N, D]`, finite, of lengths whose squares do not overflow.
///   - positive: p, `[N, D]`, alike.
///   - negative: n, `[N, D]`, unlike.
///   - margin: m, above 0. Default 1.
///   - norm: how distances are measured. Default Euclidean.
///   - swaps: whether d(p, n) is taken for d(a, n) where it is smaller. Default false.
///   - reduction: of the losses. Default their mean.
/// - Returns: a variable of shape `[]`; without a reduction `[N]`.
public func tripletMarginLoss(
  anchor: Variable, positive: Variable, negative: Variable, margin: Double = 1, norm: DistanceNorm = .euclidean,
  swaps: Bool = false, reduction: Reduction = .mean
) -> Variable {
  let name = "tripletMarginLoss"
  guard anchor.rank == 2, anchor.shape == positive.shape, anchor.shape == negative.shape else {
    stop(name, "needs three shapes [N, D], got \(anchor.shape), \(positive.shape) and \(negative.shape)")
  }
  guard margin > 0 else { stop(name, "the margin must be above 0, it is \(margin)") }
  var apart = norm.distance(anchor, negative)
  if swaps { apart = .minimum(apart, norm.distance(positive, negative)) }
  return (norm.distance(anchor, positive) - apart + margin).relu().reduced(reduction)
}

/// How the distance of two vectors is measured.
public enum DistanceNorm: Sendable {
  /// The sum of the coordinates' sizes.
  case one
  /// The root of the sum of their squares.
  case euclidean

  /// The distances of the rows of two `[N, D]`, with 10⁻⁶ in each coordinate, as in PyTorch.
  fileprivate func distance(_ a: Variable, _ b: Variable) -> Variable {
    let difference = a - b + 1e-6
    return switch self {
    case .one: difference.abs().sum(along: [1])
    // The lower bound keeps the root's slope finite; it moves no distance by more than 10⁻¹⁵.
    case .euclidean: difference.sumOfSquares(along: [1]).clamped(to: 1e-30 ... .infinity).sqrt()
    }
  }
}
