import TensorCore

/// One image as numbers: intensities from 0 (black) to 1 (full), channel after channel, row after row.
public struct RasterImage: Sendable, Equatable {
  /// 1 for grey, 3 for red, green and blue.
  public let channels: Int
  /// The number of rows and columns.
  public let size: ImageSize
  /// The intensities: `[C, H, W]`, row-major.
  public let intensities: [Float]

  /// An image of the given intensities.
  ///
  /// Stops unless there are 1 or 3 channels, at least one pixel and one intensity for each.
  public init(channels: Int, size: ImageSize, intensities: [Float]) {
    checkImage(channels, size, count: intensities.count, "intensities")
    self.channels = channels
    self.size = size
    self.intensities = intensities
  }

  /// The number of pixels of a channel.
  var area: Int { size.height * size.width }

  /// The image in 1 channel (grey) or 3.
  ///
  /// Grey is the luma of ITU-R BT.601, `0.299 R + 0.587 G + 0.114 B`; a grey image in 3 channels has the same in each.
  package func converted(toChannels count: Int) -> RasterImage {
    if count == channels { return self }
    if channels == 1 {
      return RasterImage(channels: 3, size: size, intensities: intensities + intensities + intensities)
    }
    let gray = (0..<area).map { pixel in
      0.299 * intensities[pixel] + 0.587 * intensities[area + pixel] + 0.114 * intensities[2 * area + pixel]
    }
    return RasterImage(channels: 1, size: size, intensities: gray)
  }

  /// The negative: `1 - intensity`.
  package func inverted() -> RasterImage {
    RasterImage(channels: channels, size: size, intensities: intensities.map { 1 - $0 })
  }
}

/// Stops unless an image is grey or coloured, not empty, and has a number for each pixel and channel.
func checkImage(_ channels: Int, _ size: ImageSize, count: Int, _ unit: String) {
  guard channels == 1 || channels == 3, size.height > 0, size.width > 0, count == channels * size.height * size.width
  else {
    stop("image", "\(channels) channels of \(size) do not go with \(count) \(unit)")
  }
}
