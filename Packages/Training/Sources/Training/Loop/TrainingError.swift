import TensorCore

/// Why a training cannot start or go on.
public enum TrainingError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The network's output is not one logit for each class.
  case outputMismatch(expected: Shape, found: Shape)
  /// The loss of a step is not a finite number. Weights and buffers are those of the step before. `origin` says where the first
  /// such number appeared: the layer, by its name.
  case diverged(step: Int, loss: Double, learningRate: Double, origin: String)
  /// A gradient is not finite though the loss is. Weights and buffers are those of the step before. `parameter` is the one nearest
  /// to the loss that has such a gradient; `origin` says which operation's rule gave the first.
  case gradientDiverged(step: Int, parameter: String, origin: String, learningRate: Double)
  /// All parameters are frozen.
  case nothingToLearn(epoch: Int)

  public var description: String {
    switch self {
    case .outputMismatch(let expected, let found):
      "the network's output must be \(expected), a logit for each class, and is \(found)"
    case .diverged(let step, let loss, let rate, let origin):
      "the loss of step \(step) is \(loss.isNaN ? "nan" : "\(loss)"), \(origin): \(Self.advice(rate))"
    case .gradientDiverged(let step, let parameter, let origin, let rate):
      "the gradient of \(parameter) in step \(step) is not finite, \(origin): \(Self.advice(rate))"
    case .nothingToLearn(let epoch): "no parameter of the network learns in epoch \(epoch): all are frozen"
    }
  }

  private static func advice(_ rate: Double) -> String {
    "the training diverged at a learning rate of \(rate); try a smaller one"
  }
}
