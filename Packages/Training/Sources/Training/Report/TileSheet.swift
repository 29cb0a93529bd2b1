import Datasets
import TensorCore

/// Small pictures of one size in rows, a pixel apart: filters and feature maps.
struct TileSheet {
  /// The pictures' intensities, each `[C, H, W]` in `0...1`.
  let tiles: [[Float]]
  let channels: Int
  let size: ImageSize
  /// The intensity between pictures.
  private static let gap: Float = 0.5

  /// The pictures in a row.
  var columns: Int {
    var columns = 1
    while columns * columns < tiles.count { columns += 1 }
    return tiles.count <= 16 ? min(tiles.count, 8) : columns
  }

  private var rows: Int { (tiles.count + columns - 1) / columns }

  /// The sheet.
  var image: RasterImage {
    let sheet = ImageSize(height: rows * (size.height + 1) - 1, width: columns * (size.width + 1) - 1)
    let area = sheet.height * sheet.width
    var intensities = [Float](repeating: Self.gap, count: channels * area)
    for (number, tile) in tiles.enumerated() {
      let top = number / columns * (size.height + 1)
      let left = number % columns * (size.width + 1)
      for channel in 0..<channels {
        for row in 0..<size.height {
          let from = (channel * size.height + row) * size.width
          let to = channel * area + (top + row) * sheet.width + left
          for column in 0..<size.width { intensities[to + column] = tile[from + column] }
        }
      }
    }
    return RasterImage(channels: channels, size: sheet, intensities: intensities)
  }
}
