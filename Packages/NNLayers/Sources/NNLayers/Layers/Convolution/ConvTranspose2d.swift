import Autograd
import TensorCore

/// A transposed convolution on images: each element spreads the filters of its channel over the output.
///
///     output[n, k, y·S + r·D - P, x·S + s·D - P] += input[n,c,y,x] · weight[c,k,r,s], and bias[k] everywhere
///
/// Shapes: input `[N, C, H, W]`, output `[N, K, H', W']` with H' = (H - 1) S - 2P + D(F - 1) + 1 + outputPadding;
/// `weight` `[C, K/groups, F, F]`, `bias` `[K]`. With the weight of a convolution from K to C channels it computes the
/// gradient of that convolution's input.
///
/// ```swift
/// let doubled = ConvTranspose2d(64, 32, kernelSize: 2, stride: 2)
/// let smooth = ConvTranspose2d(64, 32, kernelSize: 3, stride: 2, padding: 1, outputPadding: 1)
/// ```
///
/// Zeiler, Krishnan, Taylor and Fergus 2010, "Deconvolutional networks"; Long, Shelhamer and Darrell 2015, "Fully
/// convolutional networks for semantic segmentation".
public struct ConvTranspose2d: Layer {
  /// `[C, K/groups, R, S]`.
  public let weight: Parameter
  /// `[K]`; nil for none.
  public let bias: Parameter?
  /// Kernel, stride, padding, dilation and groups of the convolution whose transpose this is.
  public let geometry: ConvolutionGeometry
  /// Rows and columns more below and on the right.
  public let outputPadding: PlaneSize

  /// A layer from `inputChannels` to `outputChannels`.
  ///
  /// - Parameters:
  ///   - inputChannels: C.
  ///   - outputChannels: K.
  ///   - kernelSize: the filters' height and width.
  ///   - stride: the step that each input element makes in the output. Default 1.
  ///   - padding: rows and columns taken off the output, per side if so wanted; not `.same`. Default 0.
  ///   - outputPadding: rows and columns more below and on the right, fewer than the stride. Default 0.
  ///   - dilation: the distance between a filter's taps. Default 1.
  ///   - groups: equal parts of the channels that do not mix. Default 1.
  ///   - bias: whether a trainable number is added to each output channel. Default true.
  ///   - initializer: the weight's first value. Default uniform within ±1/√fan-in, C/groups · F · F as in ``Fan``
  ///     (PyTorch takes K/groups · F · F); the bias is always drawn so.
  public init(
    _ inputChannels: Int, _ outputChannels: Int, kernelSize: PlaneSize, stride: PlaneSize = 1,
    padding: PlanePadding = 0, outputPadding: PlaneSize = 0, dilation: PlaneSize = 1, groups: Int = 1,
    bias: Bool = true, initializer: Initializer = .fanInUniform
  ) {
    geometry = ConvolutionGeometry(
      kernel: kernelSize, stride: stride, padding: padding, dilation: dilation, groups: groups)
    geometry.checkChannels("ConvTranspose2d", inputChannels, outputChannels)
    geometry.checkTransposable("ConvTranspose2d", outputPadding)
    let shape: Shape = [inputChannels, outputChannels / groups, kernelSize.height, kernelSize.width]
    let fan = Fan.transposedConvolution(shape, groups: groups)
    weight = Parameter(initializer(shape, fan: fan))
    self.bias = bias ? Parameter(Initializer.bias(outputChannels, fan)) : nil
    self.outputPadding = outputPadding
  }

  /// The channels that come in.
  public var inputChannels: Int { weight.shape[0] }
  /// The channels that go out.
  public var outputChannels: Int { weight.shape[1] * geometry.groups }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    guard x.rank == 4, x.shape[1] == inputChannels else {
      stop(
        weight.layerPath("ConvTranspose2d"),
        "weight \(weight.shape) needs \(inputChannels) input channels, the input is \(x.shape)")
    }
    return x.conv2dTransposed(
      context[weight], bias: bias.map { context[$0] }, geometry: geometry, outputPadding: outputPadding)
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard let shape = try? geometry.transposedShape(input: input, weight: weight.shape, outputPadding: outputPadding)
    else {
      throw InputError(
        weight.layerPath("ConvTranspose2d"),
        expected: "[N, \(inputChannels), H, W] from which the padding leaves something", got: input)
    }
    return shape
  }
}

extension ConvolutionGeometry {
  /// Stops for what no transposed convolution can have.
  func checkTransposable(_ layer: String, _ outputPadding: PlaneSize) {
    if padding == .same { stop(layer, "needs its padding in numbers, not `same`") }
    guard 0..<stride.height ~= outputPadding.height, 0..<stride.width ~= outputPadding.width else {
      stop(layer, "the output padding \(outputPadding) must be smaller than the stride of \(stride)")
    }
  }
}
