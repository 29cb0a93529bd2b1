import Autograd
import TensorCore

extension RuleCase {
  static let activationFunctions: [RuleCase] = [
    RuleCase("logSigmoid", [[37]], in: -6...6) { $0[0].activated(.logSigmoid) },
    RuleCase("scaledTanh(amplitude: 1.7, slope: 0.6)", [[37]], in: -6...6) {
      $0[0].activated(.scaledTanh(amplitude: 1.7, slope: 0.6))
    },
    RuleCase("hardTanh(-1.51...2.02)", [[37]], in: -6...6) { $0[0].activated(.hardTanh(-1.51...2.02)) },
    RuleCase("leakyReLU(slope: 0.1)", [[37]], in: -6...6) { $0[0].activated(.leakyReLU(slope: 0.1)) },
    RuleCase("elu(alpha: 1.3)", [[37]], in: -6...6) { $0[0].activated(.elu(alpha: 1.3)) },
    RuleCase("selu", [[37]], in: -6...6) { $0[0].activated(.selu) },
    RuleCase("celu(alpha: 0.7)", [[37]], in: -6...6) { $0[0].activated(.celu(alpha: 0.7)) },
    RuleCase("gelu", [[37]], in: -6...6) { $0[0].activated(.gelu) },
    RuleCase("geluTanh", [[37]], in: -6...6) { $0[0].activated(.geluTanh) },
    RuleCase("silu", [[37]], in: -6...6) { $0[0].activated(.silu) },
    RuleCase("hardSwish", [[37]], in: -6...6) { $0[0].activated(.hardSwish) },
    RuleCase("hardSigmoid", [[37]], in: -6...6) { $0[0].activated(.hardSigmoid) },
    RuleCase("mish", [[37]], in: -6...6) { $0[0].activated(.mish) },
    RuleCase("softplus(beta: 2)", [[37]], in: -6...6) { $0[0].activated(.softplus(beta: 2)) },
    RuleCase("softsign", [[37]], in: -6...6) { $0[0].activated(.softsign) },
    RuleCase("hardShrink(threshold: 0.51)", [[37]], in: -6...6) { $0[0].hardShrink(threshold: 0.51) },
    RuleCase("softShrink(threshold: 0.51)", [[37]], in: -6...6) { $0[0].softShrink(threshold: 0.51) },
    RuleCase("tanhShrink", [[37]], in: -6...6) { $0[0].tanhShrink() },
    RuleCase("threshold(at: 0.51, value: -2)", [[37]], in: -6...6) { $0[0].activated(.threshold(at: 0.51, value: -2)) },
    RuleCase("step", [[37]], in: -6...6) { $0[0].activated(.step) },
    RuleCase("relu6", [[37]], in: -3...9) { $0[0].relu6() },
    RuleCase("prelu of one weight", [[2, 3, 5], [1]]) { $0[0].prelu($0[1]) },
    RuleCase("prelu by channel", [[2, 3, 5], [3]]) { $0[0].prelu($0[1]) },
    RuleCase("prelu by feature", [[4, 5], [5]]) { $0[0].prelu($0[1]) },
    RuleCase("maxout", [[2, 6, 3]]) { $0[0].maxout(pieces: 3) },
    RuleCase("glu", [[3, 4]]) { $0[0].glu() },
    RuleCase("glu along channels", [[2, 4, 3]]) { $0[0].glu(along: 1) },
  ]
}
