import Autograd
import TensorCore

/// Dropout for networks with SELU: with probability p an element becomes α' in training, and all are moved so that mean 0
/// and variance 1 stay; the identity in inference.
///
/// y = a (x or α') + b with α' = -λα = -1.7580993408473766, the lower end of SELU, a = ((1 - p) (1 + p α'²))^-½ and
/// b = -a p α'.
///
/// ```swift
/// let model = Sequential(Linear(784, 100), SELU(), AlphaDropout(0.1), Linear(100, 10))
/// ```
///
/// Shapes: any; the output has the input's. It has no state.
///
/// Klambauer and others 2017, "Self-normalizing neural networks".
public struct AlphaDropout: ElementwiseLayer {
  /// The probability with which an element is dropped.
  public let probability: Double
  private static let lowest = -1.7580993408473766

  /// A layer that drops with a given probability.
  ///
  /// - Parameter probability: p, from 0 up to, not including, 1. Default 0.5.
  public init(_ probability: Double = 0.5) {
    checkDropProbability(probability, "AlphaDropout")
    self.probability = probability
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    guard context.dropsOut, probability > 0 else { return x }
    let lowest = Self.lowest
    let scale = 1 / ((1 - probability) * (1 + probability * lowest * lowest)).squareRoot()
    let mask = context.dropMask(x.shape, dropping: probability, kept: 1, as: x.precision)
    // a (x m + α' (1 - m)) + b
    return x * (mask * scale) + ((1 - mask) * (scale * lowest) - scale * probability * lowest)
  }
}
