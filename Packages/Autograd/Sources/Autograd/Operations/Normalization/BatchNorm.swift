import TensorCore

/// y = γ (x - μ) r + β with r = 1 / √(σ² + ε) by channel; inputs x, or x, γ and β.
struct BatchNorm: Operation {
  let name = "batchNorm"
  let statistics: ChannelStatistics
  let epsilon: Double
  /// Whether μ and σ² are those of x and move with it.
  let statisticsFollowInput: Bool

  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let x = inputs[0]
    let isAffine = inputs.count == 3
    let weight = isAffine ? inputs[1] : nil
    let output = x.batchNorm(statistics, weight: weight, bias: isAffine ? inputs[2] : nil, epsilon: epsilon)
    return Recorded(output) { gradient in
      let gradients = gradient.batchNormGradient(
        input: x, statistics, weight: weight, epsilon: epsilon, statisticsFollowInput: statisticsFollowInput)
      return isAffine ? [gradients.input, gradients.weight, gradients.bias] : [gradients.input]
    }
  }
}

/// y = max(γ (x - μ) r + β + z, 0); inputs x, γ and β, or these and the addend z.
struct RectifiedBatchNorm: Operation {
  let name = "batchNormReLU"
  let statistics: ChannelStatistics
  let epsilon: Double
  let statisticsFollowInput: Bool

  /// Bytes from which on an output with an addend is calculated once more where it can be: maps that no cache holds, of which
  /// few make most of what a deep network keeps.
  private static let largeMap = 32 << 20

  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let (x, weight, bias) = (inputs[0], inputs[1], inputs[2])
    let addend = inputs.count > 3 ? inputs[3] : nil
    let calculate = { x.batchNormReLU(statistics, weight: weight, bias: bias, epsilon: epsilon, adding: addend) }
    let output = calculate()
    guard addend != nil else {
      // Without an addend the output follows from x again, so that the rule need not hold on to it.
      return Recorded(output, recalculate: calculate) { gradient in
        let gradients = self.gradients(gradient, x, output: nil, weight, bias)
        return [gradients.input, gradients.weight, gradients.bias]
      }
    }
    // In a chain of residual units every second output follows from the one before, which is held.
    let isFollowing = inputs.isHeld(3) && x.count * MemoryLayout<Scalar>.size >= Self.largeMap
    let kept = isFollowing ? Repeated(calculate) : Repeated { output }
    var recorded = Recorded(output, recalculate: isFollowing ? kept.value : nil) { gradient in
      let gradients = self.gradients(gradient, x, output: kept.take(), weight, bias)
      return [gradients.input, gradients.weight, gradients.bias, gradients.addend]
    }
    recorded.holdsOutput = !isFollowing
    return recorded
  }

  private func gradients<Scalar: FloatingScalar>(
    _ gradient: Tensor<Scalar>, _ x: Tensor<Scalar>, output: Tensor<Scalar>?, _ weight: Tensor<Scalar>,
    _ bias: Tensor<Scalar>
  ) -> (input: Tensor<Scalar>, weight: Tensor<Scalar>, bias: Tensor<Scalar>, addend: Tensor<Scalar>?) {
    gradient.batchNormReLUGradient(
      input: x, output: output, statistics, weight: weight, bias: bias, epsilon: epsilon,
      statisticsFollowInput: statisticsFollowInput)
  }
}

/// A tensor that is calculated when it is first asked for, and gone with the last who asks: the walk back needs it from the
/// operations that read it to the one that made it.
private final class Repeated<Scalar: FloatingScalar> {
  private let calculate: () -> Tensor<Scalar>
  private var tensor: Tensor<Scalar>?

  init(_ calculate: @escaping () -> Tensor<Scalar>) { self.calculate = calculate }

  func value() -> Tensor<Scalar> {
    let value = tensor ?? calculate()
    tensor = value
    return value
  }

  /// The tensor, for the last time.
  func take() -> Tensor<Scalar> {
    defer { tensor = nil }
    return value()
  }
}

/// y = x / (k + α/n Σ x²)^β over neighbouring channels.
struct LocalResponseNormalization: Operation {
  let name = "localResponseNorm"
  let window: ResponseWindow
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let x = inputs[0]
    return Recorded(x.localResponseNorm(window)) { gradient in
      [gradient.localResponseNormGradient(input: x, window)]
    }
  }
}

extension Variable {
  /// The mean and variance of each channel of `[N, C, …]`, as numbers: no gradient flows through them.
  public func channelStatistics() -> ChannelStatistics {
    switch value {
    case .float(let tensor): tensor.channelStatistics()
    case .double(let tensor): tensor.channelStatistics()
    }
  }

  /// Batch normalisation with the batch's own statistics, as in training: γ (x - μ) / √(σ² + ε) + β for each channel of
  /// `[N, C, …]`. Gradients flow through μ and σ² too.
  ///
  /// - Parameters:
  ///   - weight: γ, `[C]`, given together with `bias`, or nil for 1.
  ///   - bias: β, `[C]`, or nil for 0.
  ///   - epsilon: ε. Default 10⁻⁵.
  /// - Returns: the output, and the statistics for whoever averages them.
  public func batchNorm(
    weight: Variable? = nil, bias: Variable? = nil, epsilon: Double = 1e-5
  ) -> (output: Variable, statistics: ChannelStatistics) {
    let statistics = channelStatistics()
    let operation = BatchNorm(statistics: statistics, epsilon: epsilon, statisticsFollowInput: true)
    return (operation.apply(to: inputs(weight, bias)), statistics)
  }

  /// Batch normalisation with given statistics, as in inference: for each channel of `[N, C, …]` a linear map.
  public func batchNorm(
    with statistics: ChannelStatistics, weight: Variable? = nil, bias: Variable? = nil, epsilon: Double = 1e-5
  ) -> Variable {
    BatchNorm(statistics: statistics, epsilon: epsilon, statisticsFollowInput: false).apply(to: inputs(weight, bias))
  }

  /// The positive part of a batch normalisation with the batch's own statistics, to which `addend` is added before if there
  /// is one: ``batchNorm(weight:bias:epsilon:)``, sum and ``relu()`` in one pass over memory.
  ///
  ///     y = max(γ (x - μ) / √(σ² + ε) + β + addend, 0)
  ///
  /// - Parameters:
  ///   - weight: γ, `[C]`.
  ///   - bias: β, `[C]`.
  ///   - epsilon: ε. Default 1e-5.
  ///   - addend: of the same shape; nil for none.
  /// - Returns: the output, and the statistics for whoever averages them.
  public func batchNormReLU(
    weight: Variable, bias: Variable, epsilon: Double = 1e-5, adding addend: Variable? = nil
  ) -> (output: Variable, statistics: ChannelStatistics) {
    let statistics = channelStatistics()
    let operation = RectifiedBatchNorm(statistics: statistics, epsilon: epsilon, statisticsFollowInput: true)
    return (operation.apply(to: [self, weight, bias] + (addend.map { [$0] } ?? [])), statistics)
  }

  /// The same with given statistics, as in inference.
  public func batchNormReLU(
    with statistics: ChannelStatistics, weight: Variable, bias: Variable, epsilon: Double = 1e-5,
    adding addend: Variable? = nil
  ) -> Variable {
    RectifiedBatchNorm(statistics: statistics, epsilon: epsilon, statisticsFollowInput: false)
      .apply(to: [self, weight, bias] + (addend.map { [$0] } ?? []))
  }

  /// Local response normalisation across the channels of `[N, C, …]`: x / (k + α/n Σ x²)^β.
  public func localResponseNorm(_ window: ResponseWindow) -> Variable {
    LocalResponseNormalization(window: window).apply(to: self)
  }

  private func inputs(_ weight: Variable?, _ bias: Variable?) -> [Variable] {
    guard (weight == nil) == (bias == nil) else { stop("batchNorm", "needs weight and bias, or neither") }
    return [self, weight, bias].compactMap { $0 }
  }
}
