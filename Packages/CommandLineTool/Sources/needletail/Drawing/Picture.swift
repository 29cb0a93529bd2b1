import Datasets

/// An image in grey with a caption, small enough for a terminal.
struct Picture {
  /// The longest side that is drawn pixel by pixel.
  private static let largestSide = 32

  /// Rows of intensities from 0 (black) to 1.
  let rows: [[Float]]
  /// The lines below it.
  let caption: [String]

  /// Draws the mean of the channels; a large image is shrunk by a whole number.
  init(_ image: RasterImage, caption: [String]) {
    self.caption = caption
    let (height, width) = (image.size.height, image.size.width)
    let factor = (max(height, width) + Self.largestSide - 1) / Self.largestSide
    func mean(_ rows: Range<Int>, _ columns: Range<Int>) -> Float {
      var sum: Float = 0
      for channel in 0..<image.channels {
        for row in rows {
          for column in columns { sum += image.intensities[(channel * height + row) * width + column] }
        }
      }
      return sum / Float(image.channels * rows.count * columns.count)
    }
    rows = stride(from: 0, to: height, by: factor).map { row in
      stride(from: 0, to: width, by: factor).map { column in
        mean(row..<min(row + factor, height), column..<min(column + factor, width))
      }
    }
  }
}
