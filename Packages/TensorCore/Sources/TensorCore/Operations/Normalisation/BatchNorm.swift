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
    let layout = ChannelLayout(shape, "batchNorm")
    Self.check(layout, shape, "batchNorm", [statistics.mean.shape, weight?.shape, bias?.shape])
    let scale = Self.multiplied(statistics.reciprocalDeviation(epsilon), weight)
    let offset = bias?.converted(to: Double.self) ?? .zeros([layout.channels])
    return channelAffine(mean: statistics.mean, scale: scale, offset: offset, layout)
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
  ///   - statisticsFollowInput: whether μ and σ² are those of x, as in training, so that they move with it. If they are
  ///     given numbers, dx = γ r g.
  public func batchNormGradient(
    input: Tensor, _ statistics: ChannelStatistics, weight: Tensor?, epsilon: Double, statisticsFollowInput: Bool
  ) -> (input: Tensor, weight: Tensor, bias: Tensor) {
    let layout = ChannelLayout(shape, "batchNormGradient")
    Self.check(layout, shape, "batchNormGradient", [statistics.mean.shape, weight?.shape])
    checkSameShape(input, "batchNormGradient")
    let r = statistics.reciprocalDeviation(epsilon), scale = Self.multiplied(r, weight)
    let (sums, products) = channelProducts(input: input, mean: statistics.mean, layout)
    let zeros = Tensor<Double>.zeros([layout.channels]), share = scale * (-1 / Double(layout.count))
    let gradient = channelCombined(
      input: input, mean: statistics.mean, onGradient: scale,
      onInput: statisticsFollowInput ? share * products * r * r : zeros,
      offset: statisticsFollowInput ? share * sums : zeros, layout)
    return (gradient, (products * r).converted(to: Scalar.self), sums.converted(to: Scalar.self))
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
