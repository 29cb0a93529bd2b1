import Autograd
import TensorCore

/// The Kullback–Leibler divergence of an approximation, whose logarithms are x, from targets t: t (log t - x) of each
/// element.
///
/// The default mean is that over all elements, as in PyTorch; the divergence of mathematics, a sum over each sample's
/// elements, is `reduction: .batchMean`. A target of 0 adds nothing, even where x is -∞; a positive one then gives ∞.
///
/// ```swift
/// let loss = klDivergence(student.logSoftmax(along: 1), teacher.softmax(along: 1), reduction: .batchMean)
/// ```
///
/// Source: Kullback and Leibler 1951, "On information and sufficiency".
///
/// - Parameters:
///   - logProbabilities: x, of any shape.
///   - targets: t, of the same shape, or log t if `targetsAreLogarithms`. Gradients flow to them, too.
///   - targetsAreLogarithms: whether targets come as logarithms; t (log t - x) is then exact for tiny t. Default false.
///   - reduction: of the terms. Default their mean.
/// - Returns: a variable of shape `[]`; without a reduction of the logarithms' shape.
public func klDivergence(
  _ logProbabilities: Variable, _ targets: Variable, targetsAreLogarithms: Bool = false, reduction: Reduction = .mean
) -> Variable {
  let terms =
    targetsAreLogarithms
    ? logProbabilities.divergence(logTargets: targets) : logProbabilities.divergence(targets: targets)
  return terms.reduced(reduction)
}
