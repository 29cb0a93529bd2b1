import Autograd
import TensorCore

/// Sets each element to 0 with probability p in training, so that no unit relies on certain others.
///
/// The expectation stays the same in training and inference, in one of two ways:
/// - ``Scaling/training`` (the default, as in PyTorch): in training what is left is divided by 1 - p; in inference the layer
///   is the identity.
/// - ``Scaling/inference`` (as in the paper): in training what is left stays as it is; in inference everything is multiplied by
///   1 - p, the average over all masks.
///
/// ```swift
/// let model = Sequential(Linear(784, 100), ReLU(), Dropout(0.5), Linear(100, 10))
/// ```
///
/// Shapes: any; the output has the input's. It has no state.
///
/// Srivastava and others 2014, "Dropout: a simple way to prevent neural networks from overfitting".
public struct Dropout: ElementwiseLayer {
  /// Where the expectation is made up for.
  public enum Scaling: Sendable {
    /// What is left in training is divided by 1 - p.
    case training
    /// Everything is multiplied by 1 - p in inference.
    case inference
  }

  /// The probability with which an element is dropped.
  public let probability: Double
  /// Where the expectation is made up for.
  public let scaling: Scaling

  /// A layer that drops with a given probability.
  ///
  /// - Parameters:
  ///   - probability: p, from 0 up to, not including, 1. Default 0.5.
  ///   - scaling: where the expectation is made up for. Default in training.
  public init(_ probability: Double = 0.5, scaling: Scaling = .training) {
    checkDropProbability(probability, "Dropout")
    self.probability = probability
    self.scaling = scaling
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    guard probability > 0 else { return x }
    guard context.dropsOut else { return scaling == .training ? x : x * (1 - probability) }
    let kept = scaling == .training ? 1 / (1 - probability) : 1
    return x * context.dropMask(x.shape, dropping: probability, kept: kept, as: x.precision)
  }
}
