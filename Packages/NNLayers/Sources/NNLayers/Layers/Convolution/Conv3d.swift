import Autograd
import TensorCore

/// A convolution layer on volumes, or on films: cross-correlation with trainable filters.
///
///     output[n,k,z,y,x] = bias[k] + Σ_{c,t,r,s} weight[k,c,t,r,s] · input[n, c, z·S + t·D - P, y·S + r·D - P, x·S + s·D - P]
///
/// Shapes: input `[N, C, D, H, W]`, output `[N, K, D', H', W']` with D' = (D + 2P - D(F - 1) - 1) / S + 1 rounded down;
/// `weight` `[K, C/groups, T, R, S]`, `bias` `[K]`. Runs as a convolution of images, plane by plane; needs memory for T
/// copies of the output, or T / S of the input.
///
/// ```swift
/// let layer = Conv3d(3, 64, kernelSize: 3, padding: 1)
/// ```
///
/// Ji, Xu, Yang and Yu 2013, "3D convolutional neural networks for human action recognition".
public struct Conv3d: Layer {
  /// `[K, C/groups, T, R, S]`.
  public let weight: Parameter
  /// `[K]`; nil for none.
  public let bias: Parameter?
  /// Kernel, stride, padding, dilation and groups.
  public let geometry: VolumeConvolutionGeometry
  /// What stands around the volume.
  public let paddingMode: PaddingMode

  /// A layer from `inputChannels` to `outputChannels`.
  ///
  /// - Parameters:
  ///   - inputChannels: C.
  ///   - outputChannels: K, the number of filters.
  ///   - kernelSize: the filters' depth, height and width.
  ///   - stride: the step between output positions. Default 1.
  ///   - padding: planes, rows and columns around the volume, per side if so wanted, or `.same`. Default 0, `.valid`.
  ///   - paddingMode: what they hold. Default zeros.
  ///   - dilation: the distance between a filter's taps. Default 1.
  ///   - groups: equal parts of the channels that do not mix. Default 1.
  ///   - bias: whether a trainable number is added to each output channel. Default true.
  ///   - initializer: the weight's first value. Default uniform within ±1/√fan-in; the bias is always drawn so.
  public init(
    _ inputChannels: Int, _ outputChannels: Int, kernelSize: VolumeSize, stride: VolumeSize = 1,
    padding: VolumePadding = 0, paddingMode: PaddingMode = .zeros, dilation: VolumeSize = 1, groups: Int = 1,
    bias: Bool = true, initializer: Initializer = .fanInUniform
  ) {
    geometry = VolumeConvolutionGeometry(
      kernel: kernelSize, stride: stride, padding: padding, dilation: dilation, groups: groups)
    geometry.planes.checkChannels("Conv3d", inputChannels, outputChannels)
    let shape: Shape = [
      outputChannels, inputChannels / groups, kernelSize.depth, kernelSize.height, kernelSize.width,
    ]
    let fan = Fan.convolution(shape, groups: groups)
    weight = Parameter(initializer(shape, fan: fan))
    self.bias = bias ? Parameter(Initializer.bias(outputChannels, fan)) : nil
    self.paddingMode = paddingMode
  }

  /// The channels that come in.
  public var inputChannels: Int { weight.shape[1] * geometry.groups }
  /// The channels that go out.
  public var outputChannels: Int { weight.shape[0] }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    guard x.rank == 5, x.shape[1] == inputChannels else {
      stop(
        weight.layerPath("Conv3d"),
        "weight \(weight.shape) needs \(inputChannels) input channels, the input is \(x.shape)")
    }
    let (input, geometry) = x.padded(for: geometry, mode: paddingMode, weight.layerPath("Conv3d"))
    return input.conv3d(context[weight], bias: bias.map { context[$0] }, geometry: geometry)
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard let shape = try? geometry.outputShape(input: input, weight: weight.shape), geometry.holds(input, paddingMode)
    else {
      throw InputError(
        weight.layerPath("Conv3d"),
        expected: "[N, \(inputChannels), D, H, W] that holds a kernel of \(geometry.kernel)", got: input)
    }
    return shape
  }
}
