import Drawing
import Training

extension Topic {
  static let initialization = Topic(
    "initialization", "The first weights decide whether a signal survives the depth", draw: drawInitialization)
}

/// Six layers of 4,096 units on 16 Gaussian inputs: one set of normal matrices, scaled in every way.
private func drawInitialization(_ page: Page) throws {
  typealias Setting = (name: String, factor: Float, activation: (Tensor<Float>) -> Tensor<Float>, lectures: [Double])
  let (width, depth) = (4096, 6)
  let settings: [Setting] = [
    ("tanh, 0.01", 0.01, { $0.tanh() }, [0.49, 0.29, 0.18, 0.11, 0.07, 0.05]),
    ("tanh, 0.05", 0.05, { $0.tanh() }, []),
    ("tanh, Xavier 1/√n", 1 / Float(width).squareRoot(), { $0.tanh() }, [0.63, 0.49, 0.41, 0.36, 0.32, 0.30]),
    ("ReLU, Xavier 1/√n", 1 / Float(width).squareRoot(), { $0.relu() }, []),
    ("ReLU, He √(2/n)", (2 / Float(width)).squareRoot(), { $0.relu() }, []),
  ]
  var random = RandomStream(seed: 9)
  var signals = settings.map { _ in Tensor<Float>.normal([16, width], using: &random) }
  var deviations = settings.map { _ in [Double]() }
  var saturated = 1.0
  var histograms: [[any Picture]] = settings.map { _ in [] }
  for layer in 1...depth {
    let weight = Initializer.normal(deviation: 1)([width, width], using: &random)
    for (index, setting) in settings.enumerated() {
      signals[index] = setting.activation(signals[index].matmul(weight, transposingRight: true) * setting.factor)
      deviations[index].append(deviation(signals[index]))
      if index == 1 {
        saturated = min(saturated, Double(signals[1].scalars.count { abs($0) > 0.95 }) / Double(16 * width))
      }
      guard layer % 2 == 0 else { continue }
      let range = index < 3 ? -1.0...1.0 : 0.0...3.0
      histograms[index].append(
        Chart(
          "\(setting.name), layer \(layer)", x: Axis("output", range), y: Axis("share"), width: 200, height: 150,
          [.histogram(of: signals[index].scalars, in: range, bins: 30, color: .number(index))]))
    }
  }
  page.say(
    "Six layers of 4,096 units, fed with 16 Gaussian inputs. With tanh and weights of deviation 0.01 the outputs shrink from "
      + "layer to layer until nothing is left to learn from; with 0.05 half of them saturate at ±1, where the slope is nearly "
      + "0. Xavier's rule, 1/√fan-in, keeps tanh in its middle range. ReLU throws away half of the energy of each layer: "
      + "Xavier's rule loses a factor √2 of the deviation per layer, He's √(2/fan-in) makes up for it.")
  let curves = settings.indices.map { Mark.line(settings[$0].name, y: deviations[$0]) }
  try page.show(
    Chart("How strong the outputs are", x: Axis("layer"), y: Axis("root mean square of the outputs", 0...1.1), curves),
    "deviations", "Deviations of the outputs of six layers for five ways to choose the weights")
  try page.show(
    Panels(columns: 3, histograms.flatMap { $0 }), "histograms", "Histograms of the outputs of layers 2, 4 and 6")
  for (setting, found) in zip(settings, deviations) {
    for (layer, wanted) in setting.lectures.enumerated() {
      page.expect("\(setting.name), layer \(layer + 1)", found[layer], near: wanted, within: 0.011)
    }
  }
  page.expect("tanh, 0.05: least share of outputs beyond ±0.95 in a layer", saturated, near: 0.5, within: 0.1)
  page.expect("ReLU, Xavier after six layers, 1/√2⁶", deviations[3][5], near: 0.125, within: 0.01, places: 3)
  page.expect("ReLU, He after six layers", deviations[4][5], near: 1, within: 0.06)
}
