import Autograd
import TensorCore

/// The subsampling layer of the LeNet-5 of 1998: the sum of each window, times a trainable coefficient of its channel,
/// plus a trainable bias.
///
///     output[n,c,y,x] = weight[c] · Σ window + bias[c]
///
/// The squashing function that follows it in the paper is a layer of its own. Shapes: input `[N, C, H, W]`, output
/// `[N, C, H', W']` with H' = (H - F) / S + 1 rounded down; `weight` `[C]`, `bias` `[C]`: two parameters per channel.
///
/// ```swift
/// let s2 = Sequential(Subsampling2d(6), Tanh())
/// ```
///
/// LeCun, Bottou, Bengio and Haffner 1998, "Gradient-based learning applied to document recognition".
public struct Subsampling2d: Layer {
  /// The coefficients, `[C]`.
  public let weight: Parameter
  /// `[C]`.
  public let bias: Parameter
  /// Kernel and stride.
  public let geometry: PoolingGeometry

  /// A layer with random coefficients and biases of 0.
  ///
  /// - Parameters:
  ///   - channels: C.
  ///   - kernelSize: the window's height and width. Default 2.
  ///   - stride: the step between windows. Default: the window's size, so that windows do not overlap.
  ///   - initializer: the coefficients' first value. Default, as in the paper, uniform within ±2.4 / fan-in, the fan-in
  ///     being the window's number of elements. The bias starts at 0.
  public init(
    _ channels: Int, kernelSize: PlaneSize = 2, stride: PlaneSize? = nil, initializer: Initializer? = nil
  ) {
    guard channels >= 1 else { stop("Subsampling2d", "needs at least one channel, not \(channels)") }
    geometry = PoolingGeometry(kernel: kernelSize, stride: stride)
    let initializer = initializer ?? .uniform(bound: 2.4 / Float(kernelSize.height * kernelSize.width))
    weight = Parameter(initializer([channels]))
    bias = Parameter(Tensor.zeros([channels]))
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    guard x.rank == 4, x.shape[1] == weight.shape[0] else {
      stop(weight.layerPath("Subsampling2d"), "needs \(weight.shape[0]) channels, the input is \(x.shape)")
    }
    // The mean times the number of elements is the sum.
    let factor = context[weight] * Double(geometry.kernel.height * geometry.kernel.width)
    return x.averagePool2d(geometry) * factor.perChannel + context[bias].perChannel
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    let layer = weight.layerPath("Subsampling2d")
    guard input.rank == 4, input[1] == weight.shape[0] else {
      throw InputError(layer, expected: "[N, \(weight.shape[0]), H, W]", got: input)
    }
    return try geometry.output(layer, for: input)
  }
}

extension Variable {
  /// `[C]` as `[C, 1, 1]`, which goes with images `[N, C, H, W]`.
  fileprivate var perChannel: Variable { reshaped([shape[0], 1, 1]) }
}
