import Autograd
import TensorCore

/// Weighs an image's channels by what they hold all together: each channel's mean, through two small linear maps, gives a factor
/// between 0 and 1 for it.
///
/// y = x · σ(fc2 · relu(fc1 · m)) with m[n, c] the mean of x[n, c].
///
/// Shapes: input and output `[N, C, H, W]`; `fc1.weight` `[S, C, 1, 1]`, `fc1.bias` `[S]`, `fc2.weight` `[C, S, 1, 1]`, `fc2.bias` `[C]`, as
/// torchvision has them.
///
/// ```swift
/// let block = Sequential(Conv2d(3, 64, kernelSize: 3, padding: 1), ReLU(), SqueezeExcitation(64, squeezed: 16))
/// ```
///
/// Hu, Shen and Sun 2018, "Squeeze-and-excitation networks".
public struct SqueezeExcitation: Layer {
  /// The linear map from the C means to S numbers.
  public let fc1: Conv2d
  /// The linear map from S numbers to the C channels' factors.
  public let fc2: Conv2d

  /// A layer for images of `channels`.
  ///
  /// - Parameters:
  ///   - channels: C, at least 1.
  ///   - squeezed: S, at least 1; a sixteenth of C in the paper.
  public init(_ channels: Int, squeezed: Int) {
    guard channels >= 1, squeezed >= 1 else {
      stop("SqueezeExcitation", "needs channels and squeezed channels of at least 1, not \(channels) and \(squeezed)")
    }
    fc1 = Conv2d(channels, squeezed, kernelSize: 1)
    fc2 = Conv2d(squeezed, channels, kernelSize: 1)
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    guard x.rank == 4, x.shape[1] == fc1.inputChannels else {
      stop("SqueezeExcitation", "takes [N, \(fc1.inputChannels), H, W], the input is \(x.shape)")
    }
    let means = x.adaptiveAveragePool2d(to: 1)
    return x * fc2(fc1(means, context).relu(), context).sigmoid()
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard input.rank == 4, input[1] == fc1.inputChannels, input[2] >= 1, input[3] >= 1 else {
      throw InputError("SqueezeExcitation", expected: "[N, \(fc1.inputChannels), H, W]", got: input)
    }
    return input
  }
}
