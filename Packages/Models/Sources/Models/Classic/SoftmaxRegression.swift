import Autograd
import NNLayers
import TensorCore

/// Softmax regression: logistic regression for several classes. The probabilities are softmax(W x + b), fitted by the
/// cross-entropy, of which ∂L/∂W = (p - onehot(y)) xᵀ.
///
/// Shapes: input `[m, …]`, its axes after the first joined to `in` features, so that images need no reshaping; output
/// `[m, classes]`: the logits. Labels `[m]`. `weight` `[classes, in]`, `bias` `[classes]`. Starts from zeros, at a loss of
/// ln(classes); the loss is convex.
///
/// ```swift
/// let model = SoftmaxRegression(784, classCount: 10)
/// try model.fit(images, labels, by: GradientDescent(learningRate: 0.5, epochCount: 10, batchSize: 64))
/// ```
public struct SoftmaxRegression: DescentModel {
  /// W, `[classes, in]`.
  public let weight: Parameter
  /// b, `[classes]`.
  public let bias: Parameter

  /// A model of `inputCount` features and `classCount` classes, all weights 0.
  public init(_ inputCount: Int, classCount: Int) {
    guard inputCount >= 1, classCount >= 1 else {
      stop("SoftmaxRegression", "needs at least one feature and class, not \(inputCount) and \(classCount)")
    }
    weight = Parameter(Tensor<Float>.zeros([classCount, inputCount]))
    bias = Parameter(Tensor<Float>.zeros([classCount]))
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    Linear(weight: weight, bias: bias).forward(x.flattened(from: 1), context)
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard input.rank >= 2, input.dropFirst().reduce(1, *) == weight.shape[1] else {
      throw InputError("SoftmaxRegression", expected: "[m, …] of \(weight.shape[1]) features", got: input)
    }
    return [input[0], weight.shape[0]]
  }

  /// The mean cross-entropy of logits `[m, classes]` and labels `[m]`, of shape `[]`.
  public func loss(_ output: Variable, _ targets: Tensor<Int64>) -> Variable { crossEntropy(output, targets) }

  /// The probability of each class for each sample, `[m, classes]`.
  ///
  /// - Throws: `InputError` when the model cannot take such samples.
  public func probabilities(_ x: Tensor<Float>) throws(InputError) -> Tensor<Float> { try predict(x).softmax(along: 1) }
}
