import Autograd
import TensorCore

/// Adds up the gradients of several small batches, so that one step serves them all: a large batch in the memory of a small one.
///
/// ```swift
/// var accumulator = GradientAccumulator(over: 4)
/// for batch in microBatches {
///   let loss = crossEntropy(model(batch.images, context), batch.labels)
///   if let gradients = accumulator.add(loss.gradients()) { optimizer.update(gradients) }
/// }
/// ```
/// With losses that are means, the mean over equal batches is the gradient of the large batch's mean. Batch normalisation still
/// sees the small batches.
public struct GradientAccumulator: Sendable {
  /// What becomes of the sum.
  public enum Reduction: Sendable, Hashable {
    /// Divided by the number of batches: for losses that are means.
    case mean
    /// Left as it is: for losses that are sums.
    case sum
  }

  /// The number of batches of a step.
  public let count: Int
  /// What becomes of the sum.
  public let reduction: Reduction
  /// The number of batches since the last step.
  public private(set) var pending = 0

  private var sum = Gradients()

  /// An accumulator that holds nothing yet.
  ///
  /// - Parameters:
  ///   - count: the number of batches of a step, at least 1.
  ///   - reduction: what becomes of the sum. Default: the mean.
  public init(over count: Int, _ reduction: Reduction = .mean) {
    requireWhole("GradientAccumulator", "number of batches", count)
    self.count = count
    self.reduction = reduction
  }

  /// Adds one batch's gradients. Returns the sum or mean when it was the last of a step, and begins anew.
  public mutating func add(_ gradients: Gradients) -> Gradients? {
    sum.add(gradients)
    pending += 1
    return pending == count ? flush() : nil
  }

  /// The sum or mean of the batches since the last step, fewer than ``count`` at the end of an epoch; nil if there are none.
  /// Begins anew.
  public mutating func flush() -> Gradients? {
    guard pending > 0 else { return nil }
    var gradients = sum
    sum = Gradients()
    if reduction == .mean { gradients.scale(by: 1 / Double(pending)) }
    pending = 0
    return gradients
  }

  /// What is added up so far, by the positions of the given parameters.
  public func state(for parameters: [Parameter]) -> OptimizerState {
    var state = OptimizerState(stepCount: pending)
    for (position, parameter) in parameters.enumerated() { state.tensors["\(position).gradient"] = sum[parameter] }
    return state
  }

  /// Goes back, or on, to a state, to the bit.
  ///
  /// - Throws: ``OptimizerStateError`` when the state is not of such parameters or of more batches than a step has.
  public mutating func restore(
    _ state: OptimizerState, for parameters: [Parameter]
  ) throws(OptimizerStateError) {
    try state.check(for: parameters, quantities: ["gradient"])
    guard state.stepCount < count else {
      throw OptimizerStateError(expected: "fewer than \(count) batches", found: "\(state.stepCount)")
    }
    sum = Gradients()
    for (position, parameter) in parameters.enumerated() {
      if let gradient = state.tensors["\(position).gradient"] { sum.set(gradient, for: parameter) }
    }
    pending = state.stepCount
  }
}
