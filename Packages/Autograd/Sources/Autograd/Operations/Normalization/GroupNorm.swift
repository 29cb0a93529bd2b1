import TensorCore

/// y = γ (x - μ) / √(σ² + ε) + β with the image's group's μ and σ²; inputs x, or x, γ and β.
struct GroupNormalization: Operation {
  let name = "groupNorm"
  let groups: Int
  let statistics: ChannelStatistics
  let epsilon: Double

  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let x = inputs[0]
    let isAffine = inputs.count == 3
    let weight = isAffine ? inputs[1] : nil
    let output = x.groupNorm(
      statistics, groups: groups, weight: weight, bias: isAffine ? inputs[2] : nil, epsilon: epsilon)
    return Recorded(output) { [groups, statistics, epsilon] gradient in
      let gradients = gradient.groupNormGradient(
        input: x, statistics, groups: groups, weight: weight, epsilon: epsilon)
      return isAffine ? [gradients.input, gradients.weight, gradients.bias] : [gradients.input]
    }
  }
}

extension Variable {
  /// Group normalisation: γ (x - μ) / √(σ² + ε) + β, μ and σ² those of a group of neighbouring channels of an image of
  /// `[N, C, …]`. Gradients flow through μ and σ² too.
  ///
  /// - Parameters:
  ///   - groups: by which the channels divide; C of them make instance normalisation.
  ///   - weight: γ, `[C]`, given together with `bias`, or nil for 1.
  ///   - bias: β, `[C]`, or nil for 0.
  ///   - epsilon: ε. Default 10⁻⁵.
  /// - Returns: the output, and the statistics `[N·groups]` for whoever averages them.
  public func groupNorm(
    groups: Int, weight: Variable? = nil, bias: Variable? = nil, epsilon: Double = 1e-5
  ) -> (output: Variable, statistics: ChannelStatistics) {
    guard (weight == nil) == (bias == nil) else { stop("groupNorm", "needs weight and bias, or neither") }
    let statistics = groupStatistics(groups: groups)
    let operation = GroupNormalization(groups: groups, statistics: statistics, epsilon: epsilon)
    return (operation.apply(to: [self, weight, bias].compactMap(\.self)), statistics)
  }

  private func groupStatistics(groups: Int) -> ChannelStatistics {
    switch value {
    case .float(let tensor): tensor.groupStatistics(groups: groups)
    case .double(let tensor): tensor.groupStatistics(groups: groups)
    }
  }
}
