import Autograd
import TensorCore

/// Sets whole channels of each sample to 0 with probability p in training and divides the others by 1 - p; the identity in
/// inference.
///
/// Neighbouring elements of a feature map are alike, so that dropping some of them by themselves takes little away.
/// PyTorch's `Dropout1d`, `Dropout2d` and `Dropout3d` in one.
///
/// ```swift
/// let block = Sequential(Conv2d(16, 32, kernelSize: 3), ReLU(), SpatialDropout(0.2))
/// ```
///
/// Shapes: input and output `[N, C, d₁, …]` with at least one axis of positions. It has no state.
///
/// Tompson and others 2015, "Efficient object localization using convolutional networks".
public struct SpatialDropout: Layer {
  /// The probability with which a channel is dropped.
  public let probability: Double

  /// A layer that drops with a given probability.
  ///
  /// - Parameter probability: p, from 0 up to, not including, 1. Default 0.5.
  public init(_ probability: Double = 0.5) {
    checkDropProbability(probability, "SpatialDropout")
    self.probability = probability
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    guard x.rank >= 3 else {
      stop("SpatialDropout", "needs channels with positions [N, C, …], the input is \(x.shape)")
    }
    guard context.dropsOut, probability > 0 else { return x }
    let shape = Shape(Array(x.shape.sizes[..<2]) + Array(repeating: 1, count: x.rank - 2))
    return x * context.dropMask(shape, dropping: probability, kept: 1 / (1 - probability), as: x.precision)
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard input.rank >= 3 else { throw InputError("SpatialDropout", expected: "[N, C, d₁, …]", got: input) }
    return input
  }
}
