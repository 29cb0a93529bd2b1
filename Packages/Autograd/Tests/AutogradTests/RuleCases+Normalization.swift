import Autograd
import TensorCore

extension RuleCase {
  static let normalization: [RuleCase] = [
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
    RuleCase("localResponseNorm", [[2, 6, 3]]) { $0[0].localResponseNorm(ResponseWindow(size: 5, alpha: 2)) },
    RuleCase("localResponseNorm of an even window", [[1, 5, 2, 2]]) {
      $0[0].localResponseNorm(ResponseWindow(size: 4, alpha: 3, beta: 0.6, k: 2))
    },
  ]
}
