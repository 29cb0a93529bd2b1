import Drawing
import Training

extension Topic {
  static let tenLayers = Topic(
    "ten-layers", "Weights of deviation 1, orthogonal ones fitted to the data, constant ones", draw: drawTenLayers)
}

/// Ten layers of 500 units with weights of deviation 1.0 and by LSUV, and two layers of constant weights.
private func drawTenLayers(_ page: Page) throws {
  page.say(
    "Weights of deviation 1.0 saturate ten layers of 500 tanh units almost wholly. LSUV looks at the data instead of a formula: orthogonal "
      + "matrices, each divided by the deviation of its layer's output, so that every layer's sums have variance 1 whatever "
      + "follows them: tanh of such sums has deviation 0.63, ReLU about 0.71. Constant weights keep all units of a layer equal."
  )
  var random = RandomStream(seed: 9)
  let inputs = Tensor<Float>.normal([1000, 500], using: &random)
  let unit = strengths(of: Tanh(), inputs) { $0.initialize(with: .normal(deviation: 1)) }
  let tanh = try strengths(of: Tanh(), inputs) { try $0.initializeLSUV(on: inputs, tolerance: 0.01) }
  let relu = try strengths(of: ReLU(), inputs) { try $0.initializeLSUV(on: inputs, tolerance: 0.01) }
  let wide = [unit, tanh, relu]
  try page.show(
    Chart(
      "Ten layers of 500 units", x: Axis("layer"), y: Axis("root mean square of the outputs", 0...1.1),
      zip(["tanh, 1.0", "tanh, LSUV", "ReLU, LSUV"], wide).map { Mark.line($0, y: $1) }),
    "ten-layers", "Deviations of the outputs of ten layers with weights of deviation 1 and with LSUV")
  for (name, found, wanted) in [("tanh, 1.0", unit, 0.98), ("tanh, LSUV", tanh, 0.63), ("ReLU, LSUV", relu, 0.71)] {
    let furthest = found.max { abs($0 - wanted) < abs($1 - wanted) } ?? 0
    page.expect("\(name), the layer furthest off", furthest, near: wanted, within: name == "tanh, 1.0" ? 0.006 : 0.06)
  }
  let constant = Sequential(Linear(500, 500, bias: false), Tanh(), Linear(500, 500, bias: false))
  constant.initialize(with: .constant(0.01))
  let outputs = try constant.predict(inputs)
  let spread = outputs.max(along: [1]).scalars.enumerated().map { abs($1 - outputs[$0, 0]) }.max() ?? 1
  page.expect("constant weights: largest difference between units of a layer", Double(spread), near: 0, within: 1e-4)
}

/// The strength of each activation's outputs in a network of ten layers.
private func strengths(
  of activation: any Layer, _ inputs: Tensor<Float>, _ initialize: (Sequential) throws -> Void
) rethrows -> [Double] {
  let network = seeded(4) { Sequential((0..<10).flatMap { _ in [Linear(500, 500, bias: false), activation] }) }
  try seeded(5) { try initialize(network) }
  var found: [Double] = []
  let context = Context.inference
  context.observe { if $0.layer is Tanh || $0.layer is ReLU { found.append(deviation($0.output.floats)) } }
  _ = network(inputs, context)
  return found
}
