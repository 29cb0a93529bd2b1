import Autograd
import TensorCore

/// A convolution layer on lines: cross-correlation with trainable filters.
///
///     output[n,k,x] = bias[k] + Σ_{c,s} weight[k,c,s] · input[n, c, x·S + s·D - P]
///
/// Shapes: input `[N, C, L]`, output `[N, K, L']` with L' = (L + 2P - D(F - 1) - 1) / S + 1 rounded down;
/// `weight` `[K, C/groups, F]`, `bias` `[K]`. Runs as a convolution of images of one row.
///
/// ```swift
/// let causal = Conv1d(16, 32, kernelSize: 3, padding: .sides(before: 2, after: 0))
/// ```
///
/// Waibel and others 1989, "Phoneme recognition using time-delay neural networks".
public struct Conv1d: Layer {
  /// `[K, C/groups, F]`.
  public let weight: Parameter
  /// `[K]`; nil for none.
  public let bias: Parameter?
  /// Kernel, stride, padding, dilation and groups, on images of one row.
  public let geometry: ConvolutionGeometry
  /// What stands beyond the ends.
  public let paddingMode: PaddingMode

  /// A layer from `inputChannels` to `outputChannels`.
  ///
  /// - Parameters:
  ///   - inputChannels: C.
  ///   - outputChannels: K, the number of filters.
  ///   - kernelSize: the filters' length.
  ///   - stride: the step between output positions. Default 1.
  ///   - padding: elements on both ends, or `.same`. Default 0.
  ///   - paddingMode: what they are. Default zeros.
  ///   - dilation: the distance between a filter's taps. Default 1.
  ///   - groups: equal parts of the channels that do not mix. Default 1.
  ///   - bias: whether a trainable number is added to each output channel. Default true.
  ///   - initializer: the weight's first value. Default uniform within ±1/√fan-in; the bias is always drawn so.
  public init(
    _ inputChannels: Int, _ outputChannels: Int, kernelSize: Int, stride: Int = 1, padding: LinePadding = 0,
    paddingMode: PaddingMode = .zeros, dilation: Int = 1, groups: Int = 1, bias: Bool = true,
    initializer: Initializer = .fanInUniform
  ) {
    geometry = ConvolutionGeometry(
      kernel: PlaneSize(height: 1, width: kernelSize), stride: PlaneSize(height: 1, width: stride),
      padding: padding.plane, dilation: PlaneSize(height: 1, width: dilation), groups: groups)
    geometry.checkChannels("Conv1d", inputChannels, outputChannels)
    let shape: Shape = [outputChannels, inputChannels / groups, kernelSize]
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
    let layer = weight.layerPath("Conv1d")
    guard x.rank == 3, x.shape[1] == inputChannels else {
      stop(layer, "weight \(weight.shape) needs \(inputChannels) input channels, the input is \(x.shape)")
    }
    let filters = context[weight].reshaped([outputChannels, weight.shape[1], 1, weight.shape[2]])
    return x.asImage(layer) { image in
      let (input, geometry) = image.padded(for: geometry, mode: paddingMode, layer)
      return input.conv2d(filters, bias: bias.map { context[$0] }, geometry: geometry)
    }
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard input.rank == 3, input[1] == inputChannels,
      let size = geometry.outputSize(for: PlaneSize(height: 1, width: input[2]), mode: paddingMode)
    else {
      throw InputError(
        weight.layerPath("Conv1d"), expected: "[N, \(inputChannels), L] that holds a kernel of \(weight.shape[2])",
        got: input)
    }
    return [input[0], outputChannels, size.width]
  }
}
