import Autograd
import TensorCore

/// A depthwise convolution, which looks at each channel's neighbourhood, then a pointwise one of 1×1, which mixes the
/// channels: C (F² + K) multiplications for a position instead of C · F² · K.
///
/// Shapes: input `[N, C, H, W]`, output `[N, K, H', W']` with H' = (H + 2P - D(F - 1) - 1) / S + 1 rounded down;
/// `depthwise.weight` `[C·M, 1, F, F]`, `pointwise.weight` `[K, C·M, 1, 1]`, `pointwise.bias` `[K]`.
///
/// ```swift
/// let layer = SeparableConv2d(64, 128, kernelSize: 3, padding: 1)
/// ```
///
/// Sifre 2014, "Rigid-motion scattering for image classification"; Chollet 2017, "Xception".
public struct SeparableConv2d: Layer {
  /// The convolution of each channel by itself, without a bias.
  public let depthwise: Conv2d
  /// The linear map of the channels at each position.
  public let pointwise: Conv2d

  /// A layer from `inputChannels` to `outputChannels`.
  ///
  /// - Parameters:
  ///   - inputChannels: C.
  ///   - outputChannels: K.
  ///   - kernelSize: the depthwise filters' height and width.
  ///   - multiplier: M, the depthwise filters of a channel. Default 1.
  ///   - stride: the step between output positions. Default 1.
  ///   - padding: rows and columns around the image, or `.same`. Default 0.
  ///   - paddingMode: what they hold. Default zeros.
  ///   - dilation: the distance between a filter's taps. Default 1.
  ///   - bias: whether a trainable number is added to each output channel. Default true.
  ///   - initializer: the weights' first values. Default uniform within ±1/√fan-in, each by its own; the bias is always
  ///     drawn so.
  public init(
    _ inputChannels: Int, _ outputChannels: Int, kernelSize: PlaneSize, multiplier: Int = 1, stride: PlaneSize = 1,
    padding: PlanePadding = 0, paddingMode: PaddingMode = .zeros, dilation: PlaneSize = 1, bias: Bool = true,
    initializer: Initializer = .fanInUniform
  ) {
    depthwise = .depthwise(
      inputChannels, kernelSize: kernelSize, multiplier: multiplier, stride: stride, padding: padding,
      paddingMode: paddingMode, dilation: dilation, bias: false, initializer: initializer)
    pointwise = Conv2d(
      inputChannels * multiplier, outputChannels, kernelSize: 1, bias: bias, initializer: initializer)
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    pointwise(depthwise(x, context), context)
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard let shape = try depthwise.outputShape(for: input) else { return nil }
    return try pointwise.outputShape(for: shape)
  }
}
