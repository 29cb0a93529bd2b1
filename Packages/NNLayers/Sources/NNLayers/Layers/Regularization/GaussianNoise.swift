import Autograd
import TensorCore

/// Adds independent Gaussian numbers of mean 0 in training; the identity in inference. Gradients pass unchanged.
///
/// ```swift
/// let model = Sequential(GaussianNoise(deviation: 0.1), Linear(784, 10))
/// ```
///
/// Shapes: any; the output has the input's. It has no state.
///
/// Bishop 1995, "Training with noise is equivalent to Tikhonov regularization".
public struct GaussianNoise: ElementwiseLayer {
  /// The noise's standard deviation.
  public let deviation: Double

  /// A layer that adds noise of a given deviation.
  ///
  /// - Parameter deviation: the noise's standard deviation, 0 or more.
  public init(deviation: Double) {
    guard deviation >= 0 else { stop("GaussianNoise", "the deviation \(deviation) is negative") }
    self.deviation = deviation
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    guard context.dropsOut, deviation > 0 else { return x }
    let noise = Tensor<Float>.normal(x.shape, deviation: Float(deviation), using: &context.random)
    return x + Variable(TensorValue.float(noise).converted(to: x.precision))
  }
}
