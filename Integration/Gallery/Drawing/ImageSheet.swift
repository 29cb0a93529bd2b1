import Foundation
import Training

/// Images in rows, each enlarged without smoothing, with words beside the rows and under the images.
public struct ImageSheet: Picture {
  /// A row of images.
  public struct Row {
    let label: String
    let images: [RasterImage]
    let notes: [String]

    /// - Parameters:
    ///   - label: to the left. Default nothing.
    ///   - images: from left to right.
    ///   - notes: a word under each. Default none.
    public init(_ label: String = "", _ images: [RasterImage], notes: [String] = []) {
      (self.label, self.images, self.notes) = (label, images, notes)
    }
  }

  private let title: String
  private let rows: [Row]
  private let tile: Double

  /// - Parameters:
  ///   - title: above it.
  ///   - tile: the width of an image on the sheet, in pixels. Default 64.
  ///   - rows: from the top.
  public init(_ title: String, tile: Double = 64, _ rows: [Row]) {
    (self.title, self.tile, self.rows) = (title, tile, rows)
  }

  private var left: Double { rows.map { width(of: $0.label) }.max().map { $0 > 0 ? $0 + 14 : 6 } ?? 6 }

  private func height(_ row: Row) -> Double {
    let tallest = row.images.map { tile * Double($0.size.height) / Double($0.size.width) }.max() ?? 0
    return tallest + (row.notes.isEmpty ? 6 : 20)
  }

  public var size: PictureSize {
    let across = left + Double(rows.map(\.images.count).max() ?? 0) * (tile + 6)
    return PictureSize(max(across, width(of: title) * 1.2), 32 + rows.map(height).reduce(0, +))
  }

  public var content: String {
    var parts = [text(title, x: size.width / 2, y: 18, "title middle")]
    var y = 30.0
    for row in rows {
      if !row.label.isEmpty { parts.append(text(row.label, x: left - 8, y: y + tile / 2 + 4, "end")) }
      for (column, image) in row.images.enumerated() {
        let x = left + Double(column) * (tile + 6), tall = tile * Double(image.size.height) / Double(image.size.width)
        let bytes = Data(PNGImage.encode(image)).base64EncodedString()
        parts.append(
          "<image class=\"tile\" x=\"\(number(x))\" y=\"\(number(y))\" width=\"\(number(tile))\" "
            + "height=\"\(number(tall))\" href=\"data:image/png;base64,\(bytes)\"/>")
        guard column < row.notes.count else { continue }
        parts.append(text(row.notes[column], x: x + tile / 2, y: y + tall + 13, "tick small middle"))
      }
      y += height(row)
    }
    return parts.joined(separator: "\n")
  }
}

extension RasterImage {
  /// A map `[H, W]`, or an image `[C, H, W]` of one or three channels, its range of numbers stretched from black to white.
  ///
  /// - Parameter range: what becomes black and white. Default: the smallest and largest number.
  public init(_ map: Tensor<Float>, stretching range: ClosedRange<Float>? = nil) {
    let channels = map.rank == 3 ? map.shape[0] : 1
    let numbers = map.scalars
    let low = range?.lowerBound ?? numbers.min() ?? 0, high = range?.upperBound ?? numbers.max() ?? 1
    let factor = high > low ? 1 / (high - low) : 0
    self.init(
      channels: channels, size: ImageSize(height: map.shape[map.rank - 2], width: map.shape[map.rank - 1]),
      intensities: numbers.map { min(max(($0 - low) * factor, 0), 1) })
  }
}
