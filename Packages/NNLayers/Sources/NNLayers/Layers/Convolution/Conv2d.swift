import Autograd
import TensorCore

/// A convolution layer on images: cross-correlation with trainable filters, as in every deep-learning library.
///
///     output[n,k,y,x] = bias[k] + Σ_{c,r,s} weight[k,c,r,s] · input[n, c, y·S + r·D - P, x·S + s·D - P]
///
/// Shapes: input `[N, C, H, W]`, output `[N, K, H', W']` with H' = (H + 2P - D(F - 1) - 1) / S + 1 rounded down (what is
/// left over at the edge is not seen); `weight` `[K, C/groups, F, F]`, `bias` `[K]`.
///
/// ```swift
/// let same = Conv2d(3, 64, kernelSize: 3, padding: .same)
/// let strided = Conv2d(64, 128, kernelSize: 3, stride: 2, padding: 1, bias: false)
/// let mirrored = Conv2d(3, 8, kernelSize: 5, padding: 2, paddingMode: .reflect)
/// let depthwise = Conv2d.depthwise(64, kernelSize: 3, padding: 1)
/// ```
///
/// LeCun and others 1989, "Backpropagation applied to handwritten zip code recognition".
public struct Conv2d: Layer {
  /// `[K, C/groups, R, S]`.
  public let weight: Parameter
  /// `[K]`; nil for none.
  public let bias: Parameter?
  /// Kernel, stride, padding, dilation and groups.
  public let geometry: ConvolutionGeometry
  /// What stands around the image.
  public let paddingMode: PaddingMode

  /// A layer from `inputChannels` to `outputChannels`.
  ///
  /// - Parameters:
  ///   - inputChannels: C.
  ///   - outputChannels: K, the number of filters.
  ///   - kernelSize: the filters' height and width.
  ///   - stride: the step between output positions. Default 1.
  ///   - padding: rows and columns around the image, per side if so wanted, or `.same`. Default 0, `.valid`.
  ///   - paddingMode: what they hold: zeros, or the image mirrored, its edge, or its other end. Default zeros.
  ///   - dilation: the distance between a filter's taps. Default 1.
  ///   - groups: equal parts of the channels that do not mix; C for a depthwise layer. Default 1.
  ///   - bias: whether a trainable number is added to each output channel. Default true.
  ///   - requiresExactFit: whether a kernel that does not end at the edge of the padded image is refused. Default false.
  ///   - initializer: the weight's first value. Default uniform within ±1/√fan-in; the bias is always drawn so.
  public init(
    _ inputChannels: Int, _ outputChannels: Int, kernelSize: PlaneSize, stride: PlaneSize = 1,
    padding: PlanePadding = 0, paddingMode: PaddingMode = .zeros, dilation: PlaneSize = 1, groups: Int = 1,
    bias: Bool = true, requiresExactFit: Bool = false, initializer: Initializer = .fanInUniform
  ) {
    geometry = ConvolutionGeometry(
      kernel: kernelSize, stride: stride, padding: padding, dilation: dilation, groups: groups,
      requiresExactFit: requiresExactFit)
    geometry.checkChannels("Conv2d", inputChannels, outputChannels)
    let shape: Shape = [outputChannels, inputChannels / groups, kernelSize.height, kernelSize.width]
    let fan = Fan.convolution(shape, groups: groups)
    weight = Parameter(initializer(shape, fan: fan))
    self.bias = bias ? Parameter(Initializer.bias(outputChannels, fan)) : nil
    self.paddingMode = paddingMode
  }

  /// A layer that convolves each channel by itself, with `multiplier` filters: groups of one channel.
  ///
  /// - Parameters:
  ///   - channels: C; the output has `C · multiplier`.
  ///   - kernelSize: height and width of the kernel.
  ///   - multiplier: the filters of a channel. Default 1.
  ///   - stride: the kernel's step. Default 1.
  ///   - padding: what is added at the edges. Default 0.
  ///   - paddingMode: what the padding is filled with. Default zeros.
  ///   - dilation: the distance of the kernel's elements. Default 1.
  ///   - bias: whether a trainable number is added to each output channel. Default true.
  ///   - initializer: the weight's first value. Default uniform within ±1/√fan-in, fan-in K².
  public static func depthwise(
    _ channels: Int, kernelSize: PlaneSize, multiplier: Int = 1, stride: PlaneSize = 1, padding: PlanePadding = 0,
    paddingMode: PaddingMode = .zeros, dilation: PlaneSize = 1, bias: Bool = true,
    initializer: Initializer = .fanInUniform
  ) -> Conv2d {
    Conv2d(
      channels, channels * multiplier, kernelSize: kernelSize, stride: stride, padding: padding,
      paddingMode: paddingMode, dilation: dilation, groups: channels, bias: bias, initializer: initializer)
  }

  /// The channels that come in.
  public var inputChannels: Int { weight.shape[1] * geometry.groups }
  /// The channels that go out.
  public var outputChannels: Int { weight.shape[0] }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    let (input, geometry) = prepared(x)
    return input.conv2d(context[weight], bias: bias.map { context[$0] }, geometry: geometry)
  }

  /// The input with what the padding mode puts around it, and the geometry that is left then.
  private func prepared(_ x: Variable) -> (input: Variable, geometry: ConvolutionGeometry) {
    guard x.rank == 4, x.shape[1] == inputChannels else {
      stop(
        weight.layerPath("Conv2d"),
        "weight \(weight.shape) needs \(inputChannels) input channels, the input is \(x.shape)")
    }
    return x.padded(for: geometry, mode: paddingMode, weight.layerPath("Conv2d"))
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard input.rank == 4, input[1] == inputChannels,
      let size = geometry.outputSize(for: PlaneSize(height: input[2], width: input[3]), mode: paddingMode)
    else {
      let end = geometry.requiresExactFit ? " which ends at its edge in steps of \(geometry.stride)" : ""
      throw InputError(
        weight.layerPath("Conv2d"),
        expected: "[N, \(inputChannels), H, W] that holds a kernel of \(geometry.kernel)" + end, got: input)
    }
    return [input[0], outputChannels, size.height, size.width]
  }
}

extension Conv2d: RectifyingLayer {
  func rectified(_ x: Variable, adding addend: Variable?, _ context: Context) -> Variable? {
    guard addend == nil else { return nil }
    let (input, geometry) = prepared(x)
    return input.conv2dReLU(context[weight], bias: bias.map { context[$0] }, geometry: geometry)
  }
}

extension ConvolutionGeometry {
  /// Stops unless both numbers of channels can be cut into the groups.
  func checkChannels(_ layer: String, _ input: Int, _ output: Int) {
    guard input >= 1, output >= 1, input % groups == 0, output % groups == 0 else {
      stop(layer, "\(input) and \(output) channels cannot be cut into \(groups) groups")
    }
  }
}

extension Initializer {
  /// The first value of a bias beside a weight of the given fans: uniform within ±1/√fan-in.
  static func bias(_ count: Int, _ fan: Fan) -> Tensor<Float> {
    uniform(bound: fanInBound(fan.in))([count])
  }
}
