import TensorCore

extension RasterImage {
  /// Each channel stretched so that its darkest pixel becomes black and its lightest white. A channel of one intensity
  /// stays.
  public func autocontrasted() -> RasterImage {
    var pixels = intensities
    for channel in 0..<channels {
      let part = channel * area..<(channel + 1) * area
      let (low, high) = pixels[part].reduce((Float.infinity, -Float.infinity)) { (min($0.0, $1), max($0.1, $1)) }
      guard high > low else { continue }
      for index in part { pixels[index] = (pixels[index] - low) / (high - low) }
    }
    return RasterImage(channels: channels, size: size, intensities: pixels)
  }

  /// Each channel with its bytes replaced so that all intensities become about as frequent.
  ///
  /// As Pillow's `equalize`: byte `v` becomes `(step / 2 + the number of pixels below v) / step`, with
  /// `step = (pixels - those of the lightest byte) / 255`; a channel with fewer pixels than that stays.
  public func equalized() -> RasterImage {
    var bytes = ByteImage(self).pixels
    for channel in 0..<channels {
      let part = channel * area..<(channel + 1) * area
      var histogram = [Int](repeating: 0, count: 256)
      for byte in bytes[part] { histogram[Int(byte)] += 1 }
      let step = (area - (histogram.last { $0 > 0 } ?? 0)) / 255
      guard step > 0, histogram.count(where: { $0 > 0 }) > 1 else { continue }
      var below = step / 2
      let table = histogram.map { count in
        defer { below += count }
        return UInt8(min(below / step, 255))
      }
      for index in part { bytes[index] = table[Int(bytes[index])] }
    }
    return ByteImage(channels: channels, size: size, pixels: bytes).raster
  }

  /// Sharper (above 1) or smoother (below): `s + (x - s) · factor` about a smoothed image, held in 0...1.
  ///
  /// Smoothed by the kernel of ones with 5 in the middle, divided by 13; the outermost pixels stay. As Pillow's
  /// `ImageEnhance.Sharpness`.
  public func sharpened(by factor: Float) -> RasterImage {
    let (height, width) = (size.height, size.width)
    return combined { pixel, channel, value in
      let (y, x) = pixel.quotientAndRemainder(dividingBy: width)
      guard y > 0, x > 0, y < height - 1, x < width - 1 else { return value }
      var sum = 4 * value
      for row in -1...1 {
        for column in -1...1 { sum += intensities[channel * area + pixel + row * width + column] }
      }
      let smooth = sum / 13
      return smooth + (value - smooth) * factor
    }
  }
}
