import Autograd
import TensorCore

/// A fully connected layer that leaves out connections: y = x (M W)ᵀ / (1 - p) + b in training, where each element of the mask
/// M is 0 with probability p and 1 otherwise; y = x Wᵀ + b in inference, the average over all masks.
///
/// One mask serves all samples of a step. (The paper draws one for each sample, which needs a product each, and also leaves
/// out biases.)
///
/// ```swift
/// let model = Sequential(DropConnect(784, 100, probability: 0.5), ReLU(), Linear(100, 10))
/// ```
///
/// Shapes: input `[…, in]`, output `[…, out]`; `weight` `[out, in]`, `bias` `[out]`, named as in ``Linear``, whose weights it
/// takes.
///
/// Wan and others 2013, "Regularization of neural networks using DropConnect".
public struct DropConnect: WeightedLayer {
  /// `[out, in]`.
  public let weight: Parameter
  /// `[out]`; nil for none.
  public let bias: Parameter?
  /// The probability with which a connection is left out.
  public let probability: Double

  /// A layer from `inputCount` to `outputCount` features.
  ///
  /// - Parameters:
  ///   - inputCount: the features that come in.
  ///   - outputCount: the features that go out.
  ///   - probability: p, from 0 up to, not including, 1. Default 0.5.
  ///   - bias: whether a trainable b is added. Default true.
  ///   - initializer: the weight's first value. Default uniform within ±1/√in; the bias is always drawn so.
  public init(
    _ inputCount: Int, _ outputCount: Int, probability: Double = 0.5, bias: Bool = true,
    initializer: Initializer = .fanInUniform
  ) {
    checkDropProbability(probability, "DropConnect")
    let linear = Linear(inputCount, outputCount, bias: bias, initializer: initializer)
    weight = linear.weight
    self.bias = linear.bias
    self.probability = probability
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    guard x.rank >= 1, x.shape.last == weight.shape[1] else {
      stop(
        weight.layerPath("DropConnect"),
        "weight \(weight.shape) needs \(weight.shape[1]) features, the input is \(x.shape)")
    }
    let product = x.matmul(connections(context), transposingRight: true)
    return bias.map { product + context[$0] } ?? product
  }

  /// The weight, in training with a part left out.
  private func connections(_ context: Context) -> Variable {
    let weight = context[weight]
    guard context.dropsOut, probability > 0 else { return weight }
    let kept = 1 / (1 - probability)
    return weight * context.dropMask(weight.shape, dropping: probability, kept: kept, as: context.precision)
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard input.last == weight.shape[1] else {
      throw InputError(weight.layerPath("DropConnect"), expected: "[…, \(weight.shape[1])]", got: input)
    }
    return Shape(input.sizes.dropLast() + [weight.shape[0]])
  }
}
