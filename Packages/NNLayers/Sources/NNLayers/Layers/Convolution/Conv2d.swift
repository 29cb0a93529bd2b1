import Autograd
import TensorCore

/// A convolution layer on images: cross-correlation with trainable filters, as in every deep-learning library.
///
/// Shapes: input `[N, C, H, W]`, output `[N, K, H', W']` with H' = (H + 2P - D(F - 1) - 1) / S + 1 rounded down;
/// `weight` `[K, C/groups, F, F]`, `bias` `[K]`.
public struct Conv2d: Layer {
  /// `[K, C/groups, R, S]`.
  public let weight: Parameter
  /// `[K]`; nil for none.
  public let bias: Parameter?
  /// Kernel, stride, padding, dilation and groups.
  public let geometry: ConvolutionGeometry

  /// A layer from `inputChannels` to `outputChannels`.
  ///
  /// - Parameters:
  ///   - inputChannels: C.
  ///   - outputChannels: K, the number of filters.
  ///   - kernelSize: the filters' height and width.
  ///   - stride: the step between output positions. Default 1.
  ///   - padding: zeros around the image, or `.same`. Default 0.
  ///   - dilation: the distance between a filter's taps. Default 1.
  ///   - groups: equal parts of the channels that do not mix; C for a depthwise layer. Default 1.
  ///   - bias: whether a trainable number is added to each output channel. Default true.
  ///   - initializer: the weight's first value. Default uniform within ±1/√fan-in; the bias is always drawn so.
  public init(
    _ inputChannels: Int, _ outputChannels: Int, kernelSize: PlaneSize, stride: PlaneSize = 1,
    padding: PlanePadding = 0, dilation: PlaneSize = 1, groups: Int = 1, bias: Bool = true,
    initializer: Initializer = .fanInUniform
  ) {
    geometry = ConvolutionGeometry(
      kernel: kernelSize, stride: stride, padding: padding, dilation: dilation, groups: groups)
    guard inputChannels >= 1, outputChannels >= 1, inputChannels % groups == 0, outputChannels % groups == 0 else {
      stop("Conv2d", "\(inputChannels) and \(outputChannels) channels cannot be cut into \(groups) groups")
    }
    let shape: Shape = [outputChannels, inputChannels / groups, kernelSize.height, kernelSize.width]
    weight = Parameter(initializer(shape))
    let bound = Initializer.fanInBound(Fan(of: shape).in)
    self.bias = bias ? Parameter(Initializer.uniform(bound: bound)([outputChannels])) : nil
  }

  /// The channels that come in.
  public var inputChannels: Int { weight.shape[1] * geometry.groups }
  /// The channels that go out.
  public var outputChannels: Int { weight.shape[0] }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    guard x.rank == 4, x.shape[1] == inputChannels else {
      stop(
        weight.layerPath("Conv2d"),
        "weight \(weight.shape) needs \(inputChannels) input channels, the input is \(x.shape)")
    }
    return x.conv2d(context[weight], bias: bias.map { context[$0] }, geometry: geometry)
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard input.rank == 4, input[1] == inputChannels,
      let size = try? geometry.outputSize(for: PlaneSize(height: input[2], width: input[3]))
    else {
      let kernel = geometry.kernel
      throw InputError(
        weight.layerPath("Conv2d"), expected: "[N, \(inputChannels), H, W] that holds a kernel of \(kernel)", got: input
      )
    }
    return [input[0], outputChannels, size.height, size.width]
  }
}
