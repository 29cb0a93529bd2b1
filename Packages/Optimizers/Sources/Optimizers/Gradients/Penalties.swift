import Autograd
import TensorCore

/// The L2 penalty λ/n Σ‖W‖², whose gradient is 2 λ/n W: a term of the loss that keeps weights small.
///
/// With plain descent it is a weight decay of 2 λ/n; with rates of their own (Adam) decoupled decay is better, see ``AdamW``.
/// ```swift
/// let weights = model.parameters.filter { $0.shape.rank > 1 }.map { context[$0] }
/// let loss = crossEntropy(model(images, context), labels) + l2Penalty(weights, 1e-4)
/// ```
/// - Parameters:
///   - weights: the recorded weights.
///   - strength: λ, at least 0.
///   - count: n, the number of examples where λ is meant for their sum. Default 1.
/// - Returns: a variable of shape `[]`. Stops when there are no weights.
public func l2Penalty(_ weights: [Variable], _ strength: Double, count: Int = 1) -> Variable {
  penalty("l2Penalty", weights, strength, count) { $0.sumOfSquares() }
}

/// The L1 penalty λ/n Σ|W|, whose gradient is λ/n sign(W): a term of the loss that brings many weights near 0.
///
/// ```swift
/// let loss = crossEntropy(model(images, context), labels) + l1Penalty([context[dense.weight]], 1e-5)
/// ```
/// - Parameters:
///   - weights: the recorded weights.
///   - strength: λ, at least 0.
///   - count: n, the number of examples where λ is meant for their sum. Default 1.
/// - Returns: a variable of shape `[]`. Stops when there are no weights.
public func l1Penalty(_ weights: [Variable], _ strength: Double, count: Int = 1) -> Variable {
  penalty("l1Penalty", weights, strength, count) { $0.abs().sum() }
}

private func penalty(
  _ name: String, _ weights: [Variable], _ strength: Double, _ count: Int, _ size: (Variable) -> Variable
) -> Variable {
  requireNotNegative(name, "strength", strength)
  requireWhole(name, "count", count)
  guard let first = weights.first else { stop(name, "needs at least one weight") }
  let sum = weights.dropFirst().reduce(size(first)) { $0 + size($1) }
  return sum * Variable(.filled(strength / Double(count), shape: [], precision: sum.precision))
}
