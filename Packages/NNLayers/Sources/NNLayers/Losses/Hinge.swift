import Autograd
import TensorCore

/// The hinge loss of each score: max(0, m - y x), for answers y of 1 and -1, as a support vector machine has it.
///
/// ```swift
/// let loss = hingeLoss(scores, Tensor([1, -1, 1]))
/// ```
///
/// Source: Cortes and Vapnik 1995, "Support-vector networks". A score of ±∞ on the right side costs nothing, on the wrong
/// side ∞. The derivative at the margin is 0.
///
/// - Parameters:
///   - scores: x, of any shape.
///   - answers: y, of the same shape, each 1 or -1.
///   - margin: m. Default 1.
///   - reduction: of the losses. Default their mean.
/// - Returns: a variable of shape `[]`; without a reduction of the scores' shape.
public func hingeLoss(
  _ scores: Variable, _ answers: Tensor<Int64>, margin: Double = 1, reduction: Reduction = .mean
) -> Variable {
  guard scores.shape == answers.shape else {
    stop("hingeLoss", "scores \(scores.shape) and answers \(answers.shape) differ in shape")
  }
  checkAnswers(answers, "hingeLoss")
  let signs = Variable(answers.converted(to: Double.self), as: scores.precision)
  return (margin - scores * signs).relu().reduced(reduction)
}

/// The hinge embedding loss of each distance: x for pairs that belong together (1), max(0, m - x) for those that do not (-1).
///
/// ```swift
/// let loss = hingeEmbeddingLoss((left - right).abs().sum(along: [1]), Tensor([1, -1, 1]))
/// ```
///
/// Source: Hadsell, Chopra and LeCun 2006, "Dimensionality reduction by learning an invariant mapping"; as PyTorch's loss of
/// this name, not squared.
///
/// - Parameters:
///   - distances: x, of any shape.
///   - answers: of the same shape, each 1 or -1.
///   - margin: m. Default 1.
///   - reduction: of the losses. Default their mean.
/// - Returns: a variable of shape `[]`; without a reduction of the distances' shape.
public func hingeEmbeddingLoss(
  _ distances: Variable, _ answers: Tensor<Int64>, margin: Double = 1, reduction: Reduction = .mean
) -> Variable {
  guard distances.shape == answers.shape else {
    stop("hingeEmbeddingLoss", "distances \(distances.shape) and answers \(answers.shape) differ in shape")
  }
  checkAnswers(answers, "hingeEmbeddingLoss")
  return (answers .== 1).select(distances, (margin - distances).relu()).reduced(reduction)
}

/// The margin ranking loss of each pair of scores: max(0, m - y (a - b)), for answers y of 1 where a should rank higher and
/// -1 where b should.
///
/// ```swift
/// let loss = marginRankingLoss(scores, other, Tensor([1, -1, 1]), margin: 0.1)
/// ```
///
/// - Parameters:
///   - a: of any shape.
///   - b: of the same shape.
///   - answers: y, of the same shape, each 1 or -1.
///   - margin: m. Default 0.
///   - reduction: of the losses. Default their mean.
/// - Returns: a variable of shape `[]`; without a reduction of the scores' shape.
public func marginRankingLoss(
  _ a: Variable, _ b: Variable, _ answers: Tensor<Int64>, margin: Double = 0, reduction: Reduction = .mean
) -> Variable {
  checkEqualShapes(a, b, "marginRankingLoss")
  return hingeLoss(a - b, answers, margin: margin, reduction: reduction)
}

/// The multi-class hinge loss of each sample: Σ w[label] max(0, m - x[label] + x[j])^p / C over the classes j other than the
/// label, with p = 1, or 2 if `squared`.
///
/// ```swift
/// let loss = multiMarginLoss(model(images, context), labels)
/// ```
///
/// Source: Crammer and Singer 2001, "On the algorithmic implementation of multiclass kernel-based vector machines"; the sum
/// over all classes is Weston and Watkins' (1999). As PyTorch's loss of this name; the mean is over the samples, whatever
/// the weights.
///
/// - Parameters:
///   - scores: x, `[N, C]`, finite.
///   - labels: `[N]`, each in `0..<C`.
///   - squared: whether each term is squared. Default false.
///   - margin: m. Default 1.
///   - classWeights: w, `[C]`, none negative. Default 1 each.
///   - reduction: of the losses. Default their mean.
/// - Returns: a variable of shape `[]`; without a reduction `[N]`.
public func multiMarginLoss(
  _ scores: Variable, _ labels: Tensor<Int64>, squared: Bool = false, margin: Double = 1,
  classWeights: Tensor<Double>? = nil, reduction: Reduction = .mean
) -> Variable {
  let name = "multiMarginLoss"
  guard scores.rank == 2 else { stop(name, "needs scores [N, C], they are \(scores.shape)") }
  let rows = ClassRows(scores, name)
  let labels = rows.rows(labels, ignoring: nil, name)
  checkClassWeights(classWeights, rows.classCount, name)
  let excess = (scores - rows.labeled(labels).expandingAxis(at: 1) + margin).relu()
  let others = (labels.oneHot(classCount: rows.classCount, as: Double.self) * -1) + 1
  let weights = others * RowWeights(labels, classWeights, ignoring: nil).weights.expandingAxis(at: 1)
  let terms = (squared ? excess.squared() : excess) * Variable(weights, as: scores.precision)
  return (terms.sum(along: [1]) / Double(rows.classCount)).reduced(reduction)
}

/// Stops unless all answers are 1 or -1.
func checkAnswers(_ answers: Tensor<Int64>, _ name: String) {
  answers.withUnsafeBufferPointer { answers in
    if let place = answers.firstIndex(where: { $0 != 1 && $0 != -1 }) {
      stop(name, "answer \(answers[place]), number \(place), is neither 1 nor -1")
    }
  }
}
