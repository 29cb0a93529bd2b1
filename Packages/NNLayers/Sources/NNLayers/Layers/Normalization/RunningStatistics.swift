import Autograd
import TensorCore

/// Averages of batch statistics for inference, under torchvision's names: `running_mean`, `running_var`,
/// `num_batches_tracked`.
struct RunningStatistics: Sendable {
  /// The averaged means, `[C]`.
  let mean: Buffer
  /// The averaged unbiased variances, `[C]`.
  let variance: Buffer
  /// The batches that were averaged, `[]`, of type Int64.
  let batchCount: Buffer
  let average: RunningAverage

  init(_ channels: Int, average: RunningAverage) {
    mean = Buffer(Tensor<Float>.zeros([channels]))
    variance = Buffer(Tensor<Float>.ones([channels]))
    batchCount = Buffer(.int64(Tensor(0)))
    self.average = average
  }

  /// The averages so far.
  func values(_ context: Context) -> ChannelStatistics? {
    guard case .tensor(let mean) = context[mean], case .tensor(let variance) = context[variance] else { return nil }
    return ChannelStatistics(mean: mean.doubles, variance: variance.doubles, count: 1)
  }

  /// Takes a batch's mean and unbiased variance into the averages, unless the context forbids it.
  func track(_ batchMean: Tensor<Double>, _ batchVariance: Tensor<Double>, _ context: Context) {
    guard context.updatesBuffers, case .int64(let count) = context[batchCount] else { return }
    let batch = count.scalar + 1
    for (buffer, value) in [(mean, batchMean), (variance, batchVariance)] {
      guard case .tensor(let before) = context[buffer] else { continue }
      let after = TensorValue.double(average.updated(before.doubles, with: value, batch: batch))
      context[buffer] = .tensor(after.converted(to: before.precision))
    }
    context[batchCount] = .int64(Tensor(batch))
  }
}
