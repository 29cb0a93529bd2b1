/// Batch normalisation: each channel is brought to mean 0 and variance 1, then scaled and shifted.
///
/// Ioffe and Szegedy 2015, "Batch normalization: accelerating deep network training by reducing internal covariate shift".
extension Tensor where Scalar: FloatingScalar {
  /// y = γ (x − μ) / √(σ² + ε) + β with the channel's μ and σ² from `statistics`: those of this batch in training, averages
  /// in inference.
  ///
  /// One pass over memory; with ``channelStatistics()``, two. Self is `[N, C, …]`.
  ///
  /// - Parameters:
  ///   - statistics: μ and σ², `[C]`.
  ///   - weight: γ, `[C]`; nil for 1.
  ///   - bias: β, `[C]`; nil for 0.
  ///   - epsilon: ε, which keeps the root from 0.
  public func batchNorm(
    _ statistics: ChannelStatistics, weight: Tensor?, bias: Tensor?, epsilon: Double
  ) -> Tensor {
    normalized(statistics, weight: weight, bias: bias, epsilon: epsilon, adding: nil, rectifying: false)
  }

  /// ``batchNorm(_:weight:bias:epsilon:)``, plus `addend` of the same shape if there is one, and of the sum the positive
  /// part: the end of a residual unit in one pass over memory.
  ///
  ///     y = max(γ (x − μ) / √(σ² + ε) + β + addend, 0)
  public func batchNormReLU(
    _ statistics: ChannelStatistics, weight: Tensor?, bias: Tensor?, epsilon: Double, adding addend: Tensor? = nil
  ) -> Tensor {
    if let addend { checkSameShape(addend, "batchNormReLU") }
    return normalized(statistics, weight: weight, bias: bias, epsilon: epsilon, adding: addend, rectifying: true)
  }

  private func normalized(
    _ statistics: ChannelStatistics, weight: Tensor?, bias: Tensor?, epsilon: Double, adding addend: Tensor?,
    rectifying: Bool
  ) -> Tensor {
    let layout = ChannelLayout(shape, "batchNorm")
    Self.check(layout, shape, "batchNorm", [statistics.mean.shape, weight?.shape, bias?.shape])
    let scale = Self.multiplied(statistics.reciprocalDeviation(epsilon), weight)
    let offset = bias?.converted(to: Double.self) ?? .zeros([layout.channels])
    if channelsLastFloats != nil {
      let map = PixelMap(mean: statistics.mean, scale: scale, offset: offset)
      return pixelAffine(map, adding: addend, rectifying: rectifying)
    }
    var output = channelAffine(mean: statistics.mean, scale: scale, offset: offset, layout)
    if let addend { output += addend }
    return rectifying ? output.relu() : output
  }

  /// The gradients of ``batchNorm(_:weight:bias:epsilon:)``, when this is that of its output. With x̂ = (x − μ) r,
  /// r = 1 / √(σ² + ε) and m values to a channel:
  ///
  ///     dβ = Σ g      dγ = Σ g x̂      dx = γ r (g − dβ / m − x̂ dγ / m)
  ///
  /// Two passes over memory.
  ///
  /// - Parameters:
  ///   - input: x.
  ///   - statistics: those of the forward pass.
  ///   - weight: γ, `[C]`; nil for 1.
  ///   - epsilon: ε.
  ///   - statisticsFollowInput: whether μ and σ² are those of x, as in training, so that they move with it. If they are
  ///     given numbers, dx = γ r g.
  public func batchNormGradient(
    input: Tensor, _ statistics: ChannelStatistics, weight: Tensor?, epsilon: Double, statisticsFollowInput: Bool
  ) -> (input: Tensor, weight: Tensor, bias: Tensor) {
    let gradients = normalizedGradient(
      input: input, output: nil, statistics, weight: weight, bias: nil, epsilon: epsilon,
      statisticsFollowInput: statisticsFollowInput)
    return (gradients.input, gradients.weight, gradients.bias)
  }

  /// The gradients of ``batchNormReLU(_:weight:bias:epsilon:adding:)``, when this is that of its output: those of
  /// ``batchNormGradient(input:_:weight:epsilon:statisticsFollowInput:)`` for g where the output is above 0, else 0; and
  /// this g itself for the addend.
  ///
  /// - Parameters:
  ///   - input: x.
  ///   - output: y, needed if there was an addend. Without one it follows from the input.
  ///   - statistics: those of the forward pass.
  ///   - weight: γ, `[C]`; nil for 1.
  ///   - bias: β, needed if there was no addend.
  ///   - epsilon: ε.
  ///   - statisticsFollowInput: whether μ and σ² are those of x.
  public func batchNormReLUGradient(
    input: Tensor, output: Tensor?, _ statistics: ChannelStatistics, weight: Tensor?, bias: Tensor?, epsilon: Double,
    statisticsFollowInput: Bool
  ) -> (input: Tensor, weight: Tensor, bias: Tensor, addend: Tensor?) {
    if let output { checkSameShape(output, "batchNormReLUGradient") }
    if Scalar.self == Float.self, isChannelsLast || input.isChannelsLast {
      return normalizedGradient(
        input: input, output: output, statistics, weight: weight, bias: bias, epsilon: epsilon,
        statisticsFollowInput: statisticsFollowInput, rectified: true)
    }
    let output = output ?? input.batchNorm(statistics, weight: weight, bias: bias, epsilon: epsilon)
    let kept = reluGradient(input: output)
    let gradients = kept.batchNormGradient(
      input: input, statistics, weight: weight, epsilon: epsilon, statisticsFollowInput: statisticsFollowInput)
    return (gradients.input, gradients.weight, gradients.bias, kept)
  }

  private func normalizedGradient(
    input: Tensor, output: Tensor?, _ statistics: ChannelStatistics, weight: Tensor?, bias: Tensor?, epsilon: Double,
    statisticsFollowInput: Bool, rectified: Bool = false
  ) -> (input: Tensor, weight: Tensor, bias: Tensor, addend: Tensor?) {
    let layout = ChannelLayout(shape, "batchNormGradient")
    Self.check(layout, shape, "batchNormGradient", [statistics.mean.shape, weight?.shape])
    checkSameShape(input, "batchNormGradient")
    let r = statistics.reciprocalDeviation(epsilon), scale = Self.multiplied(r, weight)
    let zeros = Tensor<Double>.zeros([layout.channels]), share = scale * (-1 / Double(layout.count))
    func factors(_ sums: Tensor<Double>, _ products: Tensor<Double>) -> (Tensor<Double>, Tensor<Double>) {
      statisticsFollowInput ? (share * products * r * r, share * sums) : (zeros, zeros)
    }
    if Scalar.self == Float.self, isChannelsLast || input.isChannelsLast {
      let offset = bias?.converted(to: Double.self) ?? zeros
      let pixels = PixelGradient(
        gradient: channelsLast(), input: input.channelsLast(), output: output?.channelsLast(),
        map: PixelMap(mean: statistics.mean, scale: scale, offset: offset), rectified: rectified)
      let (sums, products) = pixels.products(mean: statistics.mean)
      let (onInput, constant) = factors(sums, products)
      let (gradient, kept) = pixels.combined(mean: statistics.mean, onGradient: scale, onInput: onInput, constant)
      return (gradient, (products * r).converted(to: Scalar.self), sums.converted(to: Scalar.self), kept)
    }
    let (sums, products) = channelProducts(input: input, mean: statistics.mean, layout)
    let (onInput, constant) = factors(sums, products)
    let gradient = channelCombined(
      input: input, mean: statistics.mean, onGradient: scale, onInput: onInput, offset: constant, layout)
    return (gradient, (products * r).converted(to: Scalar.self), sums.converted(to: Scalar.self), nil)
  }

  static func multiplied(_ numbers: Tensor<Double>, _ weight: Tensor?) -> Tensor<Double> {
    guard let weight else { return numbers }
    return numbers * weight.converted(to: Double.self)
  }

  private static func check(_ layout: ChannelLayout, _ input: Shape, _ name: String, _ shapes: [Shape?]) {
    for case let shape? in shapes where shape != [layout.channels] {
      stop(name, "the input \(input) needs statistics, weight and bias [\(layout.channels)], not \(shape)")
    }
  }
}
