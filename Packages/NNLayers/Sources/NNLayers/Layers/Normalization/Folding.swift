import Autograd
import TensorCore

/// In inference batch normalisation is y = s x + t for each channel, with s = γ / √(σ² + ε) and t = β - s μ. Behind a
/// linear map with weight W and bias b that is the linear map with the weight s W and the bias s b + t.
extension ChannelNormalization {
  /// s and t from the averages, `[C]` each; nil if no averages are kept.
  func linearMap(_ context: Context) -> (scale: Tensor<Double>, shift: Tensor<Double>)? {
    guard let statistics = running?.values(context) else { return nil }
    var scale = (statistics.variance + epsilon).reciprocalSquareRoot()
    if let weight { scale *= context[weight].doubles }
    let shift = -(scale * statistics.mean)
    return (scale, bias.map { shift + context[$0].doubles } ?? shift)
  }

  /// The weight `[C, …]` and bias `[C]` of a linear map with this normalisation behind it.
  func folded(weight: Parameter, bias: Parameter?, _ operation: String) -> (weight: Parameter, bias: Parameter) {
    let context = Context.inference
    guard let (scale, shift) = linearMap(context) else {
      stop(operation, "a normalisation without averages is no fixed linear map")
    }
    guard weight.shape.first == channels else {
      stop(operation, "weight \(weight.shape) has not the \(channels) outputs that are normalised")
    }
    let rows = Shape([channels] + Array(repeating: 1, count: weight.shape.rank - 1))
    let newWeight = context[weight].doubles * scale.reshaped(rows)
    let newBias = bias.map { context[$0].doubles * scale + shift } ?? shift
    return (Parameter(newWeight.converted(to: Float.self)), Parameter(newBias.converted(to: Float.self)))
  }
}

extension Conv2d {
  /// This convolution and a batch normalisation behind it as one convolution, for inference: the same outputs up to
  /// rounding, without the normalisation's pass over memory.
  ///
  /// ```swift
  /// let fast = convolution.folded(with: normalization)
  /// ```
  ///
  /// Stops if the normalisation keeps no averages or has another number of channels. The layers stay as they are.
  public func folded(with normalization: BatchNorm2d) -> Conv2d {
    let folded = normalization.normalization.folded(weight: weight, bias: bias, "Conv2d.folded")
    return Conv2d(weight: folded.weight, bias: folded.bias, geometry: geometry, paddingMode: paddingMode)
  }

  private init(weight: Parameter, bias: Parameter, geometry: ConvolutionGeometry, paddingMode: PaddingMode) {
    self.weight = weight
    self.bias = bias
    self.geometry = geometry
    self.paddingMode = paddingMode
  }
}

extension Linear {
  /// This layer and a batch normalisation behind it as one linear layer, for inference.
  ///
  /// Stops if the normalisation keeps no averages or has another number of features. The layers stay as they are.
  public func folded(with normalization: BatchNorm1d) -> Linear {
    let folded = normalization.normalization.folded(weight: weight, bias: bias, "Linear.folded")
    return Linear(weight: folded.weight, bias: folded.bias)
  }
}
