import Autograd
import NNLayers
import TensorCore

/// Logistic regression for two classes: a = σ(w·x + b) is the probability of class 1, fitted by the binary cross-entropy
/// -y ln a - (1 - y) ln(1 - a), of which ∂L/∂w = (a - y) x.
///
/// Shapes: input `[m, in]`, output `[m, 1]`: the logits z = w·x + b, from which the loss is stable at any size;
/// ``probabilities(_:)`` gives σ(z). Targets `[m, 1]`: 0 or 1, or a probability. `weight` `[1, in]`, `bias` `[1]`. Starts from
/// zeros, at a loss of ln 2; the loss is convex.
///
/// ```swift
/// let model = LogisticRegression(2)
/// try model.fit(x, y, by: GradientDescent(learningRate: 0.5, epochCount: 300))
/// ```
///
/// Cox 1958, "The regression analysis of binary sequences".
public struct LogisticRegression: DescentModel {
  /// w, `[1, in]`.
  public let weight: Parameter
  /// b, `[1]`.
  public let bias: Parameter

  /// A model of `inputCount` features, all weights 0.
  public init(_ inputCount: Int) {
    guard inputCount >= 1 else { stop("LogisticRegression", "needs at least one feature, not \(inputCount)") }
    weight = Parameter(Tensor<Float>.zeros([1, inputCount]))
    bias = Parameter(Tensor<Float>.zeros([1]))
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    Linear(weight: weight, bias: bias).forward(x, context)
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard input.rank == 2, input[1] == weight.shape[1] else {
      throw InputError("LogisticRegression", expected: "[m, \(weight.shape[1])]", got: input)
    }
    return [input[0], 1]
  }

  /// The mean binary cross-entropy of logits and targets `[m, 1]`, of shape `[]`.
  ///
  /// As max(z, 0) - z y + ln(1 + e^-|z|), which neither overflows nor loses small probabilities.
  public func loss(_ output: Variable, _ targets: Tensor<Float>) -> Variable {
    guard output.shape == targets.shape else {
      stop("LogisticRegression", "needs two equal shapes [m, 1], got \(output.shape) and \(targets.shape)")
    }
    let target = Variable(TensorValue.float(targets).converted(to: output.precision))
    return (output.relu() - output * target + (-output.abs()).exp().log1p()).mean()
  }

  /// The probability of class 1 for each sample, `[m, 1]`.
  ///
  /// - Throws: `InputError` when the model cannot take such samples.
  public func probabilities(_ x: Tensor<Float>) throws(InputError) -> Tensor<Float> { try predict(x).sigmoid() }
}
