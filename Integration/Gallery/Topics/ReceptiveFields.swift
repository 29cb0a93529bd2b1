import Drawing
import Models
import Training

extension Topic {
  static let receptiveFields = Topic(
    "receptive-fields", "How much of the image an output sees", draw: drawReceptiveFields)
}

/// Gradients of the middle output with respect to the image: what is not 0 is seen.
private func drawReceptiveFields(_ page: Page) throws {
  func convolutions(_ sizes: [Int], stride: Int = 1, dilations: [Int]? = nil) -> Sequential {
    let layers = sizes.enumerated().map { place, size in
      Conv2d(
        place == 0 ? 1 : 4, place == sizes.count - 1 ? 1 : 4, kernelSize: PlaneSize(size), stride: PlaneSize(stride),
        padding: .same, dilation: PlaneSize(dilations?[place] ?? 1), bias: false)
    }
    return Sequential(layers)
  }
  let networks: [(name: String, network: Sequential, field: Int)] = seeded(3) {
    [
      ("one 3×3", convolutions([3]), 3), ("two 3×3", convolutions([3, 3]), 5),
      ("three 3×3", convolutions([3, 3, 3]), 7), ("one 7×7", convolutions([7]), 7),
      ("three 3×3, dilation 1, 2, 4", convolutions([3, 3, 3], dilations: [1, 2, 4]), 15),
      ("ten 3×3", convolutions(Array(repeating: 3, count: 10)), 21),
    ]
  }
  page.say(
    "Each picture is the gradient of one output in the middle with respect to every pixel of the image: it is not 0 exactly "
      + "where the output looks. L layers of K×K at stride 1 see 1 + L (K - 1) pixels: three layers of 3×3 see what one of 7×7 "
      + "sees. Dilated filters reach further with as many weights. The deep stack hardly looks at the rim of its field: many "
      + "paths lead to the middle, few to the corners.")
  var maps: [any Picture] = []
  for (name, network, wanted) in networks {
    // Filters of positive weights: no path cancels another.
    seeded(8) { _ = network.initialize(with: .uniform(in: 0.2...1)) }
    let gradient = gradientOfTheMiddle(network, side: 25)
    let seen = gradient.indices.filter { row in gradient[row].contains { $0 != 0 } }
    let field = (seen.max() ?? 0) - (seen.min() ?? 0) + 1
    maps.append(HeatMap(name, gradient, note: "sees \(field)×\(field)", width: 185))
    page.expect("\(name): side of the field", Double(field), near: Double(wanted), within: 0, places: 0)
  }
  try page.show(
    Panels(columns: 3, maps), "maps", "Where the gradient of the middle output is not zero, for six networks")

  page.say(
    "The same field costs fewer weights in small filters, with two more activations between them: 27 C² for three layers of 3×3 on C "
      + "channels, 49 C² for one of 7×7.")
  let channels = [16, 32, 64, 128, 256]
  func weights(_ size: Int, _ count: Int, _ channels: Int) -> Double {
    let layers = (0..<count).map { _ in Conv2d(channels, channels, kernelSize: PlaneSize(size), bias: false) }
    return Double(withoutInitialWeights { Sequential(layers) }.parameterCount)
  }
  let small = channels.map { weights(3, 3, $0) }, large = channels.map { weights(7, 1, $0) }
  try page.show(
    Chart(
      "Weights of layers that see 7×7", x: Axis("channels", isLogarithmic: true),
      y: Axis("weights", isLogarithmic: true),
      [
        .line("one 7×7", x: channels.map(Double.init), y: large, color: .orange),
        .line("three 3×3", x: channels.map(Double.init), y: small, color: .blue),
      ]), "weights", "Weights by channels, three layers of 3×3 below one of 7×7")
  page.expect("three 3×3 on 64 channels, weights by C²", small[2] / 4096, near: 27, within: 0, places: 0)
  page.expect("one 7×7 on 64 channels, weights by C²", large[2] / 4096, near: 49, within: 0, places: 0)
}

/// The gradient's rows, in double precision: fast algorithms in single precision leave traces of 10⁻⁸ beside the field.
private func gradientOfTheMiddle(_ network: Sequential, side: Int) -> [[Double]] {
  let tape = Tape()
  let context = Context(mode: .inference, precision: .double, tape: tape)
  let image = tape.watch(Tensor<Double>.ones([1, 1, side, side]))
  let middle = side / 2
  let output = network(image, context).slice([0..<1, 0..<1, middle..<middle + 1, middle..<middle + 1])
  let gradient = output.sum().gradients()[image]?.doubles.scalars ?? []
  return stride(from: 0, to: gradient.count, by: side).map { Array(gradient[$0..<$0 + side]) }
}
