import Autograd
import Datasets
import NNLayers
import TensorCore

/// What happens within a trained network on some images: how each layer's outputs are spread, and the maps of one image.
struct NetworkInspection {
  /// A layer's outputs on all of the images.
  struct LayerFigures {
    /// The layer's name, as in `layer1.0.conv1`.
    let name: String
    /// The layer's type.
    let kind: String
    /// The shape of the output for one image.
    let shape: [Int]
    /// How the outputs are spread.
    let histogram: ValueHistogram
    /// The share of outputs that are 0.
    let zeroShare: Double
  }

  /// Some of the maps of a layer for one image.
  struct Maps {
    /// The layer's name.
    let name: String
    /// The number of maps.
    let count: Int
    /// The size of a map.
    let size: ImageSize
    /// The first of them as pictures.
    let sheet: TileSheet
  }

  /// The number of images that the figures are of.
  let imageCount: Int
  /// The number, in its data set, of the image that the maps are of: the first.
  let mapImage = 0
  /// The layers that have no layers within, in the order of their calls; of many the first.
  let layers: [LayerFigures]
  /// The maps of some of the layers, from the first to the last.
  let maps: [Maps]
  /// The weights of the first convolution, if there is one.
  let filters: FilterSheet?

  /// So many numbers of input at most, so that large networks need little memory.
  private static let mostInputs = 1 << 20
  private static let mostImages = 64
  private static let mostLayers = 250
  private static let mostMapLayers = 6

  /// Looks at a network on the first of the images, in inference.
  init(_ model: any Layer, on images: PreparedImages) {
    let inputs = images.preprocessing.outputShape.count
    imageCount = min(images.count, Self.mostImages, max(1, Self.mostInputs / inputs))
    var found: [LayerFigures] = []
    var called: [FeatureMaps] = []
    let parents = Set(model.namedLayers.flatMap { Self.parents(of: $0.name) })
    let context = Context.inference
    context.observe { call in
      guard !call.name.isEmpty, !parents.contains(call.name), found.count < Self.mostLayers else { return }
      let output = call.output.floats
      found.append(LayerFigures(call, output))
      if let maps = FeatureMaps(name: call.name, output) { called.append(maps) }
    }
    _ = model(images.images(at: Array(0..<imageCount)), context)
    layers = found
    maps = Self.spread(called, Self.mostMapLayers).map(\.maps)
    filters = FilterSheet(model)
  }

  /// `a` and `a.b` for `a.b.c`.
  private static func parents(of name: String) -> [String] {
    let steps = name.split(separator: ".")
    return (1..<max(steps.count, 1)).map { steps.prefix($0).joined(separator: ".") }
  }

  /// At most `count` of the elements, evenly spread, with the first and the last.
  private static func spread<Element>(_ elements: [Element], _ count: Int) -> [Element] {
    guard elements.count > count else { return elements }
    return (0..<count).map { elements[$0 * (elements.count - 1) / (count - 1)] }
  }
}

extension NetworkInspection.LayerFigures {
  fileprivate init(_ call: LayerCall, _ output: Tensor<Float>) {
    name = call.name
    kind = call.layer.typeName
    shape = Array(output.shape.sizes.dropFirst())
    histogram = ValueHistogram(output, bucketCount: 24)
    let zeros = output.withUnsafeBufferPointer { values in values.reduce(0) { $1 == 0 ? $0 + 1 : $0 } }
    zeroShare = Double(zeros) / Double(max(output.count, 1))
  }
}

/// The maps of the first image of a batch, small enough to keep until it is known which are shown.
private struct FeatureMaps {
  let maps: NetworkInspection.Maps

  private static let mostTiles = 16
  private static let largestSide = 32

  /// Nil unless the output is maps `[N, C, H, W]` of more than one number.
  init?(name: String, _ output: Tensor<Float>) {
    guard output.rank == 4, output.shape[2] * output.shape[3] > 1, output.count > 0 else { return nil }
    let size = ImageSize(height: output.shape[2], width: output.shape[3])
    let count = min(output.shape[1], Self.mostTiles)
    let step = (max(size.height, size.width) + Self.largestSide - 1) / Self.largestSide
    let shown = ImageSize(height: (size.height + step - 1) / step, width: (size.width + step - 1) / step)
    let tiles = output.withUnsafeBufferPointer { values in
      (0..<count).map { map in
        Self.thinned(UnsafeBufferPointer(rebasing: values[(map * size.height * size.width)...]), size, shown, step)
      }
    }
    maps = NetworkInspection.Maps(
      name: name, count: output.shape[1], size: size,
      sheet: TileSheet(tiles: Self.stretched(tiles), channels: 1, size: shown))
  }

  /// Every `step`-th value of every `step`-th row.
  private static func thinned(
    _ values: UnsafeBufferPointer<Float>, _ size: ImageSize, _ shown: ImageSize, _ step: Int
  ) -> [Float] {
    (0..<(shown.height * shown.width)).map { place in
      values[place / shown.width * step * size.width + place % shown.width * step]
    }
  }

  /// From the smallest value of all maps, black, to the largest, white; what is not finite is black.
  private static func stretched(_ tiles: [[Float]]) -> [[Float]] {
    let finite = tiles.joined().filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max(), high > low else {
      return tiles.map { $0.map { _ in 0 } }
    }
    let scale = 1 / (high - low)
    return tiles.map { tile in tile.map { $0.isFinite ? ($0 - low) * scale : 0 } }
  }
}
