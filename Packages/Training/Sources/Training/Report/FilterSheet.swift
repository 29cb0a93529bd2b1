import Autograd
import Datasets
import NNLayers
import TensorCore

/// What the first layer of a network looks for: the weights of its first convolution as pictures, one for each filter.
///
/// Grey for one channel, colours for three; of other numbers the mean over the channels. 0 is grey, the largest weight of all
/// filters white or, if it is negative, black.
struct FilterSheet {
  /// The name of the parameter.
  let name: String
  /// How many filters there are; the sheet shows the first of them.
  let filterCount: Int
  /// The pictures.
  let sheet: TileSheet

  private static let mostTiles = 64
  private static let largestSide = 64

  /// The sheet of the first parameter that is a convolution's weight of more than one tap, `[K, C, R, S]`; nil if there is none.
  init?(_ model: any Layer) {
    let filters = model.namedParameters.first { _, parameter in
      let shape = parameter.shape
      return shape.rank == 4 && shape[2] * shape[3] > 1 && max(shape[2], shape[3]) <= Self.largestSide
    }
    guard let filters else { return nil }
    let weight = filters.parameter.value.floats
    let (channels, area) = (weight.shape[1], weight.shape[2] * weight.shape[3])
    let largest = weight.scalars.reduce(0) { max($0, $1.isFinite ? abs($1) : 0) }
    name = filters.name
    filterCount = weight.shape[0]
    let shown = channels == 3 ? 3 : 1
    let count = min(weight.shape[0], Self.mostTiles)
    let scalars = weight.scalars
    let tiles = (0..<count).map { filter -> [Float] in
      let taps = scalars[(filter * channels * area)..<((filter + 1) * channels * area)]
      return Self.intensities(Array(taps), channels: channels, shown: shown, largest: largest)
    }
    sheet = TileSheet(
      tiles: tiles, channels: shown, size: ImageSize(height: weight.shape[2], width: weight.shape[3]))
  }

  private static func intensities(_ taps: [Float], channels: Int, shown: Int, largest: Float) -> [Float] {
    let scale = largest > 0 ? 0.5 / largest : 0
    guard shown != channels else { return taps.map { 0.5 + $0 * scale } }
    let area = taps.count / channels
    return (0..<area).map { tap in
      let sum = (0..<channels).reduce(Float(0)) { $0 + taps[$1 * area + tap] }
      return 0.5 + sum / Float(channels) * scale
    }
  }
}
