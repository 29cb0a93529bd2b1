import Autograd
import TensorCore

/// The cross-entropy of logits with integer labels: the mean over the batch of -log softmax(logits)[label].
///
/// - Parameters:
///   - logits: `[N, C]`, not normalised; any size is safe.
///   - labels: `[N]`, each in `0..<C`.
/// - Returns: a variable of shape `[]`.
public func crossEntropy(_ logits: Variable, _ labels: Tensor<Int64>) -> Variable {
  logits.crossEntropy(labels: labels).mean()
}
