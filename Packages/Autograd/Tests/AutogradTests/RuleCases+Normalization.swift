import Autograd
import TensorCore

extension RuleCase {
  static let normalization: [RuleCase] = [
    RuleCase("lengths", [[3, 4]]) { $0[0].lengths() },
    RuleCase("squashed", [[3, 4]], in: -2...2) { $0[0].squashed() },
    RuleCase("batchNorm", [[4, 3]]) { $0[0].batchNorm().output },
    RuleCase("batchNorm affine", [[3, 2, 2, 2], [2], [2]]) { $0[0].batchNorm(weight: $0[1], bias: $0[2]).output },
    RuleCase("batchNorm affine of sequences", [[2, 3, 4], [3], [3]]) {
      $0[0].batchNorm(weight: $0[1], bias: $0[2], epsilon: 0.1).output
    },
    RuleCase("batchNorm with given statistics", [[2, 2, 3], [2], [2]]) {
      $0[0].batchNorm(
        with: ChannelStatistics(mean: Tensor([0.3, -0.2]), variance: Tensor([2, 0.5]), count: 1), weight: $0[1],
        bias: $0[2])
    },
    RuleCase("layerNorm", [[4, 5]]) { $0[0].layerNorm(over: [5]) },
    RuleCase("layerNorm affine", [[3, 2, 7], [7], [7]]) { $0[0].layerNorm(over: [7], weight: $0[1], bias: $0[2]) },
    RuleCase("layerNorm without bias", [[2, 3, 4], [3, 4]]) {
      $0[0].layerNorm(over: [3, 4], weight: $0[1], epsilon: 0.1)
    },
    RuleCase("layerNorm of bias only", [[9, 2], [2]]) { $0[0].layerNorm(over: [2], bias: $0[1], epsilon: 0.1) },
    RuleCase("rmsNorm", [[4, 5]]) { $0[0].rmsNorm(over: [5]) },
    RuleCase("rmsNorm with weight", [[3, 2, 3], [2, 3]]) { $0[0].rmsNorm(over: [2, 3], weight: $0[1], epsilon: 0.1) },
    RuleCase("groupNorm", [[2, 4, 3]]) { $0[0].groupNorm(groups: 2).output },
    RuleCase("groupNorm affine", [[2, 6, 2, 2], [6], [6]]) {
      $0[0].groupNorm(groups: 3, weight: $0[1], bias: $0[2]).output
    },
    RuleCase("groupNorm of features", [[3, 6], [6], [6]]) {
      $0[0].groupNorm(groups: 2, weight: $0[1], bias: $0[2]).output
    },
    RuleCase("groupNorm of instances", [[2, 3, 4], [3], [3]]) {
      $0[0].groupNorm(groups: 3, weight: $0[1], bias: $0[2], epsilon: 0.1).output
    },
    RuleCase("groupNorm of one group", [[2, 3, 4], [3], [3]]) {
      $0[0].groupNorm(groups: 1, weight: $0[1], bias: $0[2]).output
    },
    RuleCase("localResponseNorm", [[2, 6, 3]]) { $0[0].localResponseNorm(ResponseWindow(size: 5, alpha: 2)) },
    RuleCase("localResponseNorm of an even window", [[1, 5, 2, 2]]) {
      $0[0].localResponseNorm(ResponseWindow(size: 4, alpha: 3, beta: 0.6, k: 2))
    },
  ]
}
