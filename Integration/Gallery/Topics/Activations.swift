import Drawing
import Foundation
import Training

extension Topic {
  static let activations = Topic(
    "activations", "Activation functions and their slopes", draw: drawActivations)
}

/// Each function with the derivative that the tape gives, beside central differences.
private func drawActivations(_ page: Page) throws {
  typealias Function = (Variable) -> Variable
  let functions: [(name: String, apply: Function)] = [
    ("identity", { $0 * 1.0 }), ("threshold", { $0.activated(.step) }), ("sigmoid", { $0.sigmoid() }),
    ("tanh", { $0.tanh() }), ("1.7159 tanh(2x/3)", { $0.scaledTanh() }), ("hard tanh", { $0.hardTanh() }),
    ("ReLU", { $0.relu() }), ("leaky ReLU, 0.1", { $0.leakyRelu(slope: 0.1) }),
    ("PReLU, α = 0.25", { $0.prelu(Variable(Tensor<Double>([0.25]))) }), ("ELU", { $0.elu() }), ("SELU", { $0.selu() }),
    ("GELU", { $0.gelu() }), ("SiLU", { $0.silu() }), ("Mish", { $0.mish() }), ("softplus", { $0.softplus() }),
    ("softsign", { $0.softsign() }), ("hard swish", { $0.hardSwish() }), ("maxout of x and -x/2", maxout),
  ]
  page.say(
    "What a unit answers to the sum of its inputs (blue), and its slope (orange), by which gradients are multiplied on the way back. "
      + "Sigmoid and tanh are flat at both ends: a saturated unit passes nothing back; the sigmoid's slope is at most 1/4. ReLU "
      + "has slope 1 wherever it is on, and none where it is off; its relatives leave a small slope there. Maxout is the upper "
      + "envelope of lines that are learnt.")
  // No place is a corner of any of the functions.
  let x = (0..<200).map { -4.0 + (Double($0) + 0.5) * 0.04 }
  var pictures: [any Picture] = []
  var worst = 0.0
  var steepest: [String: Double] = [:]
  for (name, apply) in functions {
    let (values, slopes) = valuesAndSlopes(apply, at: x)
    pictures.append(
      Chart(
        name, x: Axis("x", -4...4), y: Axis("", -1.5...4), width: 198, height: 160,
        [.line(x: x, y: values, color: .blue), .line(x: x, y: slopes, color: .orange)]))
    steepest[name] = slopes.max()
    guard name != "threshold" else { continue }
    let step = 1e-5
    let above = valuesAndSlopes(apply, at: x.map { $0 + step }).values
    let below = valuesAndSlopes(apply, at: x.map { $0 - step }).values
    worst = zip(zip(above, below), slopes).reduce(worst) { max($0, abs(($1.0.0 - $1.0.1) / (2 * step) - $1.1)) }
  }
  try page.show(Panels(columns: 3, pictures), "activations", "Eighteen activation functions with their derivatives")
  page.expect("largest difference of the slopes from central differences", worst, near: 0, within: 1e-8, places: 9)
  page.expect("the sigmoid's steepest slope", steepest["sigmoid"] ?? 0, near: 0.25, within: 1e-4, places: 4)
  page.expect("tanh's steepest slope", steepest["tanh"] ?? 0, near: 1, within: 1e-3, places: 3)
}

/// The larger of two lines.
private func maxout(_ x: Variable) -> Variable {
  Variable.concatenated([x, x * -0.5], along: 1).maxout(pieces: 2)
}

/// In double precision, from one pass forward and one back, the numbers as samples of one channel.
private func valuesAndSlopes(
  _ apply: (Variable) -> Variable, at x: [Double]
) -> (values: [Double], slopes: [Double]) {
  let tape = Tape()
  let input = tape.watch(Tensor(x, shape: [x.count, 1]))
  let output = apply(input)
  let slopes = output.sum().gradients()[input]?.doubles.scalars
  return (output.doubles.scalars, slopes ?? x.map { _ in 0 })
}
