import Autograd
import TensorCore

extension RuleCase {
  static let losses: [RuleCase] = [
    RuleCase("crossEntropy, one label ignored", [[3, 5]], in: -3...3) {
      $0[0].crossEntropy(labels: Tensor([4, 9, 2]), smoothing: 0.3, ignoring: 9)
    },
    RuleCase("crossEntropy of shares", [[3, 5], [3, 5]], in: -3...3) { $0[0].crossEntropy(targets: $0[1]) },
    RuleCase("binaryCrossEntropy", [[3, 5], [3, 5]], in: 0.1...0.9) { $0[0].binaryCrossEntropy(targets: $0[1]) },
    RuleCase("binaryCrossEntropyWithLogits", [[3, 5], [3, 5]], in: -3...3) {
      $0[0].binaryCrossEntropyWithLogits(targets: $0[1])
    },
    RuleCase("binaryCrossEntropyWithLogits, weighted", [[3, 2], [3, 2]], in: -3...3) {
      $0[0].binaryCrossEntropyWithLogits(targets: $0[1], positiveWeight: [2, 0.5])
    },
    RuleCase("divergence", [[3, 5], [3, 5]], in: 0.1...0.9) { $0[0].divergence(targets: $0[1]) },
    RuleCase("divergence from logarithms", [[3, 5], [3, 5]]) { $0[0].divergence(logTargets: $0[1]) },
  ]
}
