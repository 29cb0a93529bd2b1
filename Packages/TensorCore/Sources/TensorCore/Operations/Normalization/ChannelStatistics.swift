/// The mean and variance of each channel of a batch, in Double whatever the scalar of the batch.
public struct ChannelStatistics: Sendable {
  /// `[C]`.
  public let mean: Tensor<Double>
  /// `[C]`: the mean squared distance from the mean, divided by ``count``.
  public let variance: Tensor<Double>
  /// The number of values of a channel that they were formed from.
  public let count: Int

  /// Statistics that are known. Stops unless both are `[C]`.
  public init(mean: Tensor<Double>, variance: Tensor<Double>, count: Int) {
    guard mean.rank == 1, mean.shape == variance.shape else {
      stop("channel statistics", "needs mean and variance [C], not \(mean.shape) and \(variance.shape)")
    }
    self.mean = mean
    self.variance = variance
    self.count = count
  }

  /// `[C]`: the estimate of the variance from a sample, divided by count − 1. Infinite or NaN for a single value.
  public var unbiasedVariance: Tensor<Double> { variance * (Double(count) / Double(count - 1)) }

  /// 1 / √(variance + ε).
  func reciprocalDeviation(_ epsilon: Double) -> Tensor<Double> { (variance + epsilon).reciprocalSquareRoot() }
}

extension Tensor where Scalar: FloatingScalar {
  /// The mean and variance of each channel of `[N, C, …]`, in one pass, added up in Double around the channel's first
  /// value: right for values of mean 10⁴ and deviation 1. The same bits with any number of threads.
  ///
  /// Stops below rank 2 or without values.
  public func channelStatistics() -> ChannelStatistics {
    let layout = ChannelLayout(shape, "channelStatistics")
    guard layout.count > 0 else { stop("channelStatistics", "there are no values in \(shape)") }
    let moments = pixelMoments() ?? channelMoments(layout)
    return ChannelStatistics(mean: moments.mean, variance: moments.variance, count: layout.count)
  }
}
