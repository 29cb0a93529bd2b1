import Autograd
import TensorCore

/// A transposed convolution on lines: each element spreads the filters of its channel over the output.
///
/// Shapes: input `[N, C, L]`, output `[N, K, L']` with L' = (L - 1) S - 2P + D(F - 1) + 1 + outputPadding; `weight`
/// `[C, K/groups, F]`, `bias` `[K]`. ``ConvTranspose2d`` on images of one row.
///
/// ```swift
/// let doubled = ConvTranspose1d(64, 32, kernelSize: 4, stride: 2, padding: 1)
/// ```
public struct ConvTranspose1d: Layer {
  /// `[C, K/groups, F]`.
  public let weight: Parameter
  /// `[K]`; nil for none.
  public let bias: Parameter?
  /// Kernel, stride, padding, dilation and groups of the convolution whose transpose this is, on images of one row.
  public let geometry: ConvolutionGeometry
  /// Elements more at the end.
  public let outputPadding: Int

  /// A layer from `inputChannels` to `outputChannels`.
  ///
  /// - Parameters:
  ///   - inputChannels: C.
  ///   - outputChannels: K.
  ///   - kernelSize: the filters' length.
  ///   - stride: the step that each input element makes in the output. Default 1.
  ///   - padding: elements taken off both ends of the output; not `.same`. Default 0.
  ///   - outputPadding: elements more at the end, fewer than the stride. Default 0.
  ///   - dilation: the distance between a filter's taps. Default 1.
  ///   - groups: equal parts of the channels that do not mix. Default 1.
  ///   - bias: whether a trainable number is added to each output channel. Default true.
  ///   - initializer: the weight's first value. Default uniform within ±1/√fan-in, C/groups · F as in ``Fan`` (PyTorch
  ///     takes K/groups · F); the bias is always drawn so.
  public init(
    _ inputChannels: Int, _ outputChannels: Int, kernelSize: Int, stride: Int = 1, padding: LinePadding = 0,
    outputPadding: Int = 0, dilation: Int = 1, groups: Int = 1, bias: Bool = true,
    initializer: Initializer = .fanInUniform
  ) {
    geometry = ConvolutionGeometry(
      kernel: PlaneSize(height: 1, width: kernelSize), stride: PlaneSize(height: 1, width: stride),
      padding: padding.plane, dilation: PlaneSize(height: 1, width: dilation), groups: groups)
    geometry.checkChannels("ConvTranspose1d", inputChannels, outputChannels)
    geometry.checkTransposable("ConvTranspose1d", PlaneSize(height: 0, width: outputPadding))
    let shape: Shape = [inputChannels, outputChannels / groups, kernelSize]
    let fan = Fan.transposedConvolution(shape, groups: groups)
    weight = Parameter(initializer(shape, fan: fan))
    self.bias = bias ? Parameter(Initializer.bias(outputChannels, fan)) : nil
    self.outputPadding = outputPadding
  }

  /// The channels that come in.
  public var inputChannels: Int { weight.shape[0] }
  /// The channels that go out.
  public var outputChannels: Int { weight.shape[1] * geometry.groups }

  private var filterShape: Shape { [weight.shape[0], weight.shape[1], 1, weight.shape[2]] }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    let layer = weight.layerPath("ConvTranspose1d")
    guard x.rank == 3, x.shape[1] == inputChannels else {
      stop(layer, "weight \(weight.shape) needs \(inputChannels) input channels, the input is \(x.shape)")
    }
    return x.asImage(layer) { image in
      image.conv2dTransposed(
        context[weight].reshaped(filterShape), bias: bias.map { context[$0] }, geometry: geometry,
        outputPadding: PlaneSize(height: 0, width: outputPadding))
    }
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard input.rank == 3,
      let shape = try? geometry.transposedShape(
        input: [input[0], input[1], 1, input[2]], weight: filterShape,
        outputPadding: PlaneSize(height: 0, width: outputPadding))
    else {
      throw InputError(
        weight.layerPath("ConvTranspose1d"),
        expected: "[N, \(inputChannels), L] from which the padding leaves something", got: input)
    }
    return [shape[0], shape[1], shape[3]]
  }
}
