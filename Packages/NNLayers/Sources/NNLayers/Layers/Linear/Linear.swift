import Autograd
import TensorCore

/// A fully connected layer: y = x Wᵀ + b.
///
/// Rumelhart, Hinton and Williams 1986, "Learning representations by back-propagating errors".
///
/// ```swift
/// let classifier = Sequential(Linear(784, 128), ReLU(), Linear(128, 10, initializer: .xavierUniform()))
/// ```
///
/// Shapes: input `[…, in]`, output `[…, out]`; `weight` `[out, in]`, `bias` `[out]`.
public struct Linear: Layer {
  /// `[out, in]`.
  public let weight: Parameter
  /// `[out]`; nil for none.
  public let bias: Parameter?

  /// A layer from `inputCount` to `outputCount` features.
  ///
  /// - Parameters:
  ///   - inputCount: the features that come in.
  ///   - outputCount: the features that go out.
  ///   - bias: whether a trainable b is added. Default true.
  ///   - initializer: the weight's first value. Default uniform within ±1/√in; the bias is always drawn so.
  public init(
    _ inputCount: Int, _ outputCount: Int, bias: Bool = true, initializer: Initializer = .fanInUniform
  ) {
    guard inputCount >= 1, outputCount >= 1 else {
      stop("Linear", "needs at least one feature on each side, not \(inputCount) and \(outputCount)")
    }
    weight = Parameter(initializer([outputCount, inputCount]))
    self.bias = bias ? Parameter(Initializer.uniform(bound: Initializer.fanInBound(inputCount))([outputCount])) : nil
  }

  /// A layer of given parameters: `weight` `[out, in]` and `bias` `[out]`, nil for none. Stops unless they fit together.
  ///
  /// A parameter that another layer has too ties the two: both see every change, and its gradients add up.
  ///
  /// ```swift
  /// let decoder = Linear(weight: encoder.weight)
  /// ```
  public init(weight: Parameter, bias: Parameter? = nil) {
    guard weight.shape.rank == 2, weight.shape.count > 0, bias.map({ $0.shape == [weight.shape[0]] }) ?? true else {
      let bias = bias.map { ", bias \($0.shape)" } ?? ""
      stop("Linear", "needs weight [out, in] and bias [out], got weight \(weight.shape)\(bias)")
    }
    self.weight = weight
    self.bias = bias
  }

  /// The features that come in.
  public var inputCount: Int { weight.shape[1] }
  /// The features that go out.
  public var outputCount: Int { weight.shape[0] }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    guard x.rank >= 1, x.shape.last == inputCount else {
      stop(weight.layerPath("Linear"), "weight \(weight.shape) needs \(inputCount) features, the input is \(x.shape)")
    }
    let product = x.matmul(context[weight], transposingRight: true)
    return bias.map { product + context[$0] } ?? product
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard input.last == inputCount else {
      throw InputError(weight.layerPath("Linear"), expected: "[…, \(inputCount)]", got: input)
    }
    return Shape(input.sizes.dropLast() + [outputCount])
  }
}

extension Parameter {
  /// The path of the layer that owns this parameter, for messages: `layer1.0.conv1`; the layer's type if unnamed.
  func layerPath(_ type: String) -> String {
    let owner = path.split(separator: ".").dropLast().joined(separator: ".")
    return owner.isEmpty ? type : owner
  }
}
