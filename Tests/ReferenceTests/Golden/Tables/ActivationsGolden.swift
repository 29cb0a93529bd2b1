import Autograd
import NNLayers

extension GoldenFamily {
  static let activations = GoldenFamily("activations") {
    for range in ["", " far"] {
      bounded(range)
      unbounded(range)
    }
    Golden("prelu") { PReLU() }
    Golden("prelu per channel") { PReLU(3) }
    Golden("softmax") { Softmax(axis: 1) }
    Golden("softmax of channels") { Softmax(axis: 1) }
    Golden("softmax far") { Softmax(axis: 0) }
    Golden("log softmax") { LogSoftmax(axis: 1) }
    Golden("log softmax of channels") { LogSoftmax(axis: 1) }
    Golden("log softmax far") { LogSoftmax(axis: 0) }
    Golden("glu") { GLU() }
    Golden("glu of channels") { GLU(axis: 1) }
  }

  @GoldenTable private static func bounded(_ range: String) -> [Golden] {
    Golden("sigmoid\(range)") { Sigmoid() }
    Golden("tanh\(range)") { Tanh() }
    Golden("hard tanh\(range)") { HardTanh() }
    Golden("hard tanh bounds\(range)") { HardTanh(-2...0.5) }
    Golden("relu6\(range)") { ReLU6() }
    Golden("hard sigmoid\(range)") { HardSigmoid() }
    Golden("softsign\(range)") { Softsign() }
  }

  @GoldenTable private static func unbounded(_ range: String) -> [Golden] {
    Golden("threshold\(range)") { Threshold(0.5, value: -2) }
    Golden("log sigmoid\(range)") { LogSigmoid() }
    Golden("relu\(range)") { ReLU() }
    Golden("leaky relu\(range)") { LeakyReLU() }
    Golden("leaky relu 0.25\(range)") { LeakyReLU(slope: 0.25) }
    Golden("elu\(range)") { ELU() }
    Golden("elu 0.5\(range)") { ELU(alpha: 0.5) }
    Golden("celu\(range)") { CELU() }
    Golden("celu 1.5\(range)") { CELU(alpha: 1.5) }
    Golden("selu\(range)") { SELU() }
    Golden("gelu\(range)") { GELU() }
    Golden("gelu tanh\(range)") { GELU(approximate: true) }
    Golden("silu\(range)") { SiLU() }
    Golden("hard swish\(range)") { HardSwish() }
    Golden("mish\(range)") { Mish() }
    Golden("softplus\(range)") { Softplus() }
    Golden("softplus 2\(range)") { Softplus(beta: 2) }
    Golden("hard shrink\(range)") { HardShrink() }
    Golden("soft shrink 0.3\(range)") { SoftShrink(0.3) }
    Golden("tanh shrink\(range)") { TanhShrink() }
  }
}
