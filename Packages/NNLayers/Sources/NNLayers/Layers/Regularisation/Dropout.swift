import Autograd
import TensorCore

/// Sets each element to 0 with probability p in training and divides the others by 1 - p, so that the expectation
/// stays; the identity in inference.
///
/// Srivastava and others 2014, "Dropout: a simple way to prevent neural networks from overfitting".
public struct Dropout: ElementwiseLayer {
  /// The probability with which an element is dropped.
  public let probability: Double

  /// - Parameter probability: from 0 up to, not including, 1. Default 0.5.
  public init(_ probability: Double = 0.5) {
    guard (0..<1).contains(probability) else { stop("Dropout", "the probability \(probability) is not in 0 ..< 1") }
    self.probability = probability
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    guard context.isTraining, probability > 0 else { return x }
    // Drawn as Float whatever the precision, so that a run in Double drops the same elements.
    let draws = Tensor<Float>.uniform(x.shape, in: 0..<1, using: &context.random)
    let scale = Float(1 / (1 - probability))
    let mask = (draws .>= Float(probability)).select(Tensor(scale), Tensor(0))
    return x * Variable(TensorValue.float(mask).converted(to: x.precision))
  }
}
