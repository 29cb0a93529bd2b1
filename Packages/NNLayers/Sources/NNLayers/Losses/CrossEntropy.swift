import Autograd
import TensorCore

/// The cross-entropy of logits with integer labels: the mean over the batch of -log softmax(logits)[label].
///
/// - Parameters:
///   - logits: `[N, C]`, not normalised; any size is safe.
///   - labels: `[N]`, each in `0..<C`.
/// - Returns: a variable of shape `[]`.
public func crossEntropy(_ logits: Variable, _ labels: Tensor<Int64>) -> Variable {
  guard logits.rank == 2, labels.shape == [logits.shape[0]] else {
    stop("crossEntropy", "needs logits [N, C] and labels [N], got \(logits.shape) and \(labels.shape)")
  }
  let classCount = logits.shape[1]
  if let label = labels.scalars.first(where: { $0 < 0 || $0 >= classCount }) {
    stop("crossEntropy", "the label \(label) is not one of \(classCount) classes")
  }
  return logits.logSoftmax(along: 1).pickMean(labels) * -1
}

extension Variable {
  /// The mean over rows of the element that `columns` names in each.
  fileprivate func pickMean(_ columns: Tensor<Int64>) -> Variable {
    gather(columns.reshaped([shape[0], 1]), along: 1).mean()
  }
}
