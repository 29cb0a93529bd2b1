import Autograd
import TensorCore

/// What batch and instance normalisations of all dimensions share: state, rule and checks.
///
/// Its parts bear torchvision's names: `weight`, `bias`, `running_mean`, `running_var`, `num_batches_tracked`.
public struct ChannelNormalization: Sendable {
  /// Which values of a channel are normalised together.
  enum Scope { case batch, instance }

  /// γ, `[C]`; nil without.
  public let weight: Parameter?
  /// β, `[C]`; nil without.
  public let bias: Parameter?
  /// C.
  public let channels: Int
  /// ε.
  public let epsilon: Double
  let running: RunningStatistics?
  let scope: Scope
  let name: String
  let ranks: ClosedRange<Int>

  init(
    _ name: String, _ scope: Scope, ranks: ClosedRange<Int>, _ channels: Int, epsilon: Double,
    average: RunningAverage?, affine: Bool
  ) {
    guard channels >= 1, epsilon >= 0 else {
      stop(name, "needs at least one channel and an epsilon of at least 0, not \(channels) and \(epsilon)")
    }
    weight = affine ? Parameter(Tensor<Float>.ones([channels])) : nil
    bias = affine ? Parameter(Tensor<Float>.zeros([channels])) : nil
    running = average.map { RunningStatistics(channels, average: $0) }
    (self.name, self.scope, self.ranks, self.channels, self.epsilon) = (name, scope, ranks, channels, epsilon)
  }

  /// The averaged means, `[C]`; nil if none are kept.
  public var runningMean: Buffer? { running?.mean }
  /// The averaged unbiased variances, `[C]`; nil if none are kept.
  public var runningVariance: Buffer? { running?.variance }
  /// The batches that were averaged, `[]`, of type Int64; nil if none are counted.
  public var batchCount: Buffer? { running?.batchCount }

  var children: [Child] {
    [
      Child("weight", weight as Any), Child("bias", bias as Any), Child("running_mean", runningMean as Any),
      Child("running_var", runningVariance as Any), Child("num_batches_tracked", batchCount as Any),
    ]
  }

  func callAsFunction(_ x: Variable, _ context: Context) -> Variable {
    guard fits(x.shape) else { stop(path, "takes an input of \(expected), this one is \(x.shape)") }
    let weight = weight.map { context[$0] }, bias = bias.map { context[$0] }
    if !context.isTraining, let statistics = running?.values(context) {
      return x.batchNorm(with: statistics, weight: weight, bias: bias, epsilon: epsilon)
    }
    switch scope {
    case .batch: return normalizedByBatch(x, weight, bias, context)
    case .instance: return normalizedByInstance(x, weight, bias, context)
    }
  }

  private func normalizedByBatch(
    _ x: Variable, _ weight: Variable?, _ bias: Variable?, _ context: Context
  ) -> Variable {
    if context.isTraining, x.shape.count <= channels {
      stop(path, "training needs more than one value per channel, the input is \(x.shape)")
    }
    let (output, statistics) = x.batchNorm(weight: weight, bias: bias, epsilon: epsilon)
    if context.isTraining { running?.track(statistics.mean, statistics.unbiasedVariance, context) }
    return output
  }

  /// The positive part of the normalised input plus `addend`, in one pass; nil where it takes several.
  func rectified(_ x: Variable, adding addend: Variable?, _ context: Context) -> Variable? {
    guard fits(x.shape), case .batch = scope, let weight = weight.map({ context[$0] }),
      let bias = bias.map({ context[$0] }), addend == nil || addend?.shape == x.shape
    else { return nil }
    if !context.isTraining, let statistics = running?.values(context) {
      return x.batchNormReLU(with: statistics, weight: weight, bias: bias, epsilon: epsilon, adding: addend)
    }
    guard !context.isTraining || x.shape.count > channels else { return nil }
    let (output, statistics) = x.batchNormReLU(weight: weight, bias: bias, epsilon: epsilon, adding: addend)
    if context.isTraining { running?.track(statistics.mean, statistics.unbiasedVariance, context) }
    return output
  }

  private func normalizedByInstance(
    _ x: Variable, _ weight: Variable?, _ bias: Variable?, _ context: Context
  ) -> Variable {
    guard x.shape.sizes[2...].reduce(1, *) > 1 else {
      stop(path, "needs more than one value per channel of an image, the input is \(x.shape)")
    }
    let (output, statistics) = x.groupNorm(groups: channels, weight: weight, bias: bias, epsilon: epsilon)
    guard context.isTraining, x.shape[0] > 0 else { return output }
    func mean(_ numbers: Tensor<Double>) -> Tensor<Double> {
      numbers.reshaped([x.shape[0], channels]).mean(along: [0])
    }
    running?.track(mean(statistics.mean), mean(statistics.unbiasedVariance), context)
    return output
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

/// A batch or instance normalisation: see ``BatchNorm2d`` and ``InstanceNorm2d`` for the formulas.
public protocol ChannelNormLayer: Layer {
  /// State, rule and checks.
  var normalization: ChannelNormalization { get }
  /// The ranks of inputs that the layer takes.
  static var inputRanks: ClosedRange<Int> { get }
  /// A layer of the given state and rule.
  init(normalization: ChannelNormalization)
}

extension ChannelNormLayer {
  /// γ, `[C]`; nil without.
  public var weight: Parameter? { normalization.weight }
  /// β, `[C]`; nil without.
  public var bias: Parameter? { normalization.bias }
  public var children: [Child] { normalization.children }
  public func forward(_ x: Variable, _ context: Context) -> Variable { normalization(x, context) }
  public func outputShape(for input: Shape) throws(InputError) -> Shape? { try normalization.outputShape(for: input) }
}
