import Autograd
import TensorCore

/// What the batch normalisations for one, two and three dimensions share: state, rule and checks.
///
/// Its parts bear torchvision's names: `weight`, `bias`, `running_mean`, `running_var`, `num_batches_tracked`.
public struct BatchNormalization: Sendable {
  /// γ, `[C]`; nil without.
  public let weight: Parameter?
  /// β, `[C]`; nil without.
  public let bias: Parameter?
  /// The averaged means, `[C]`; nil if none are kept.
  public let runningMean: Buffer?
  /// The averaged unbiased variances, `[C]`; nil if none are kept.
  public let runningVariance: Buffer?
  /// The batches that were averaged, `[]`, of type Int64; nil if none are counted.
  public let batchCount: Buffer?
  /// C.
  public let channels: Int
  /// ε.
  public let epsilon: Double
  /// How batch statistics are averaged.
  public let average: RunningAverage
  let name: String
  let ranks: ClosedRange<Int>

  init(
    _ name: String, ranks: ClosedRange<Int>, _ channels: Int, epsilon: Double, average: RunningAverage, affine: Bool,
    tracksStatistics: Bool
  ) {
    guard channels >= 1, epsilon >= 0 else {
      stop(name, "needs at least one channel and an epsilon of at least 0, not \(channels) and \(epsilon)")
    }
    weight = affine ? Parameter(Tensor<Float>.ones([channels])) : nil
    bias = affine ? Parameter(Tensor<Float>.zeros([channels])) : nil
    runningMean = tracksStatistics ? Buffer(Tensor<Float>.zeros([channels])) : nil
    runningVariance = tracksStatistics ? Buffer(Tensor<Float>.ones([channels])) : nil
    batchCount = tracksStatistics ? Buffer(.int64(Tensor(0))) : nil
    (self.name, self.ranks, self.channels, self.epsilon, self.average) = (name, ranks, channels, epsilon, average)
  }

  var children: [Child] {
    [
      Child("weight", weight as Any), Child("bias", bias as Any), Child("running_mean", runningMean as Any),
      Child("running_var", runningVariance as Any), Child("num_batches_tracked", batchCount as Any),
    ]
  }

  func callAsFunction(_ x: Variable, _ context: Context) -> Variable {
    guard fits(x.shape) else { stop(path, "takes an input of \(expected), this one is \(x.shape)") }
    let weight = weight.map { context[$0] }, bias = bias.map { context[$0] }
    if !context.isTraining, let statistics = averagedStatistics(context) {
      return x.batchNorm(with: statistics, weight: weight, bias: bias, epsilon: epsilon)
    }
    if context.isTraining, x.shape.count <= channels {
      stop(path, "training needs more than one value per channel, the input is \(x.shape)")
    }
    let (output, statistics) = x.batchNorm(weight: weight, bias: bias, epsilon: epsilon)
    if context.isTraining { track(statistics, context) }
    return output
  }

  /// The statistics for inference; nil if none are kept.
  func averagedStatistics(_ context: Context) -> ChannelStatistics? {
    guard let runningMean, let runningVariance, case .tensor(let mean) = context[runningMean],
      case .tensor(let variance) = context[runningVariance]
    else { return nil }
    return ChannelStatistics(mean: mean.doubles, variance: variance.doubles, count: 1)
  }

  private func track(_ statistics: ChannelStatistics, _ context: Context) {
    guard context.updatesBuffers, let runningMean, let runningVariance, let batchCount,
      case .tensor(let mean) = context[runningMean], case .tensor(let variance) = context[runningVariance],
      case .int64(let count) = context[batchCount]
    else { return }
    let batch = count.scalar + 1
    func set(_ buffer: Buffer, _ before: TensorValue, _ value: Tensor<Double>) {
      let average = TensorValue.double(average.updated(before.doubles, with: value, batch: batch))
      context[buffer] = .tensor(average.converted(to: before.precision))
    }
    set(runningMean, mean, statistics.mean)
    set(runningVariance, variance, statistics.unbiasedVariance)
    context[batchCount] = .int64(Tensor(batch))
  }

  func outputShape(for input: Shape) throws(InputError) -> Shape {
    guard fits(input) else { throw InputError(path, expected: expected, got: input) }
    return input
  }

  private func fits(_ input: Shape) -> Bool { ranks.contains(input.rank) && input[1] == channels }
  private var path: String { weight?.layerPath(name) ?? name }

  private var expected: String {
    let shapes = ["[N, \(channels)]", "[N, \(channels), L]", "[N, \(channels), H, W]", "[N, \(channels), D, H, W]"]
    return ranks.map { shapes[$0 - 2] }.joined(separator: " or ")
  }
}

/// A batch normalisation: see ``BatchNorm2d`` for the formula.
public protocol BatchNormLayer: Layer {
  /// State, rule and checks.
  var normalization: BatchNormalization { get }
}

extension BatchNormLayer {
  /// γ, `[C]`; nil without.
  public var weight: Parameter? { normalization.weight }
  /// β, `[C]`; nil without.
  public var bias: Parameter? { normalization.bias }
  public var children: [Child] { normalization.children }
  public func forward(_ x: Variable, _ context: Context) -> Variable { normalization(x, context) }
  public func outputShape(for input: Shape) throws(InputError) -> Shape? { try normalization.outputShape(for: input) }
}
