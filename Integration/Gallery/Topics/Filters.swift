import Drawing
import Training

extension Topic {
  static let filters = Topic("filters", "Edges, and a 1×1 filter that mixes channels", draw: drawFilters)
}

/// Classical filters, and colours mixed pixel by pixel.
private func drawFilters(_ page: Page) throws {
  let scene = shapes()
  let filters: [(name: String, taps: [Float])] = [
    ("upright edges", [1, 0, -1, 2, 0, -2, 1, 0, -1]), ("level edges", [1, 2, 1, 0, 0, 0, -1, -2, -1]),
    ("Laplace", [0, 1, 0, 1, -4, 1, 0, 1, 0]), ("mean", Array(repeating: 1.0 / 9, count: 9)),
    ("sharper", [0, -1, 0, -1, 5, -1, 0, -1, 0]),
  ]
  let weight = Tensor<Float>(filters.flatMap(\.taps), shape: [filters.count, 1, 3, 3])
  let answers = scene.conv2d(weight, geometry: ConvolutionGeometry(kernel: 3, padding: 1))
  let side = scene.shape[2]
  func map(_ images: Tensor<Float>, _ channel: Int) -> RasterImage {
    RasterImage(images.slice([0..<1, channel..<channel + 1, 0..<side, 0..<side]).reshaped([side, side]))
  }
  page.say(
    "What a filter of nine numbers can find: Sobel's filters answer to brightness that changes from left to right or from top to "
      + "bottom and are silent on even surfaces, for their weights sum to 0. The first layers of trained networks look alike."
  )
  try page.show(
    ImageSheet(
      "One image through five filters", tile: 92,
      [.init("", [map(scene, 0)] + filters.indices.map { map(answers, $0) }, notes: ["image"] + filters.map(\.name))]),
    "edges", "An image and what five filters of 3×3 make of it")
  let even = Tensor<Float>.ones([1, 1, 8, 8]).conv2d(weight, geometry: ConvolutionGeometry(kernel: 3))
  page.expect(
    "Sobel's filters on an even surface", even[0, 0, 3, 3] == 0 && even[0, 1, 3, 3] == 0 && even[0, 2, 3, 3] == 0)

  page.say(
    "A 1×1 filter looks at one pixel and all its channels: a linear map of colours, the same at every place. Grey is one such filter, "
      + "sepia three.")
  let colors = colored(scene)
  let gray: [Float] = [0.299, 0.587, 0.114]
  let mixes: [(name: String, taps: [Float])] = [
    ("colours", [1, 0, 0, 0, 1, 0, 0, 0, 1]), ("grey", gray + gray + gray),
    ("sepia", [0.393, 0.769, 0.189, 0.349, 0.686, 0.168, 0.272, 0.534, 0.131]),
    ("red ↔ blue", [0, 0, 1, 0, 1, 0, 1, 0, 0]),
  ]
  let mixed = mixes.map { mix in
    colors.conv2d(Tensor(mix.taps, shape: [3, 3, 1, 1]), geometry: ConvolutionGeometry(kernel: 1))
  }
  try page.show(
    ImageSheet(
      "1×1 filters mix channels", tile: 128,
      [.init("", mixed.map { RasterImage($0.reshaped([3, side, side]), stretching: 0...1) }, notes: mixes.map(\.name))]),
    "mixing", "A coloured image, in grey, in sepia, and with red and blue exchanged")
  let pixel = (0..<3).map { colors[0, $0, 20, 20] }
  let wanted = zip(pixel, gray).reduce(0) { $0 + $1.0 * $1.1 }
  page.expect(
    "the grey of a pixel, by hand", Double(mixed[1][0, 0, 20, 20]), near: Double(wanted), within: 1e-6, places: 6)
}

/// A disc, a square and a bar on a dim ground, `[1, 1, 64, 64]`.
private func shapes() -> Tensor<Float> {
  let pixels = (0..<64 * 64).map { place -> Float in
    let (y, x) = (place / 64, place % 64)
    let isDisc = (x - 20) * (x - 20) + (y - 22) * (y - 22) < 150
    let isSquare = (36..<56).contains(x) && (8..<28).contains(y)
    let isBar = (8..<58).contains(x) && (44..<52).contains(y) && (x + y) % 8 < 6
    return isDisc ? 0.9 : isSquare ? 0.6 : isBar ? 0.75 : 0.15
  }
  return Tensor(pixels, shape: [1, 1, 64, 64])
}

/// The same in colours, `[1, 3, 64, 64]`: what is bright becomes warm.
private func colored(_ scene: Tensor<Float>) -> Tensor<Float> {
  Tensor.concatenated([scene, scene * scene, (scene - 1) * (scene - 1)], along: 1)
}
