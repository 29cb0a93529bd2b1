import Autograd
import TensorCore

/// The cross-entropy of logits with integer labels: the mean over the batch of -log softmax(logits)[label].
///
/// With label smoothing e the target is 1 - e + e / C for the label and e / C for every other class, so that a network is
/// not driven to ever larger logits: (1 - e) (-log p[label]) + e (the mean over the classes of -log p), with
/// p = softmax(logits). Source: Szegedy et al. 2016, "Rethinking the Inception Architecture for Computer Vision".
///
/// ```swift
/// let loss = crossEntropy(model(images, context), labels, smoothing: 0.1)
/// ```
///
/// - Parameters:
///   - logits: `[N, C]`, not normalised; any size is safe.
///   - labels: `[N]`, each in `0..<C`.
///   - smoothing: e, of 0...1. Default 0.
/// - Returns: a variable of shape `[]`.
public func crossEntropy(_ logits: Variable, _ labels: Tensor<Int64>, smoothing: Double = 0) -> Variable {
  logits.crossEntropy(labels: labels, smoothing: smoothing).mean()
}
