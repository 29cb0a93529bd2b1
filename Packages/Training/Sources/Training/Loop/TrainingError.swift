import TensorCore

/// Why a training cannot start or go on.
public enum TrainingError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The network's output is not one logit for each class.
  case outputMismatch(expected: Shape, found: Shape)
  /// The loss of a step is not a finite number. The weights are those of the step before.
  case diverged(step: Int, loss: Double, learningRate: Double)

  public var description: String {
    switch self {
    case .outputMismatch(let expected, let found):
      "the network's output must be \(expected), a logit for each class, and is \(found)"
    case .diverged(let step, let loss, let learningRate):
      "the loss of step \(step) is \(loss.isNaN ? "nan" : "\(loss)"): the training diverged at a learning rate of \(learningRate); try a smaller one"
    }
  }
}
