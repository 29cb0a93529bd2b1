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

  /// Local response normalisation across the channels of `[N, C, …]`: x / (k + α/n Σ x²)^β.
  public func localResponseNorm(_ window: ResponseWindow) -> Variable {
    LocalResponseNormalization(window: window).apply(to: self)
  }

  private func inputs(_ weight: Variable?, _ bias: Variable?) -> [Variable] {
    guard (weight == nil) == (bias == nil) else { stop("batchNorm", "needs weight and bias, or neither") }
    return [self, weight, bias].compactMap { $0 }
  }
}
