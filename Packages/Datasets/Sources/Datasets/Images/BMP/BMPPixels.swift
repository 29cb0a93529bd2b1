import TensorCore

/// Turns the rows of a BMP file into intensities.
struct BMPPixels {
  private let header: BMPHeader
  private let name: String

  init(_ header: BMPHeader, name: String) {
    self.header = header
    self.name = name
  }

  /// The image from its rows, as they are stored, of `bits` a pixel.
  func image(
    _ rows: UnsafeBufferPointer<UInt8>, bits: Int, rowBytes: Int
  ) throws(FileError) -> RasterImage {
    let (height, width) = (header.size.height, header.size.width)
    var largest = 0
    let intensities = [Float](unsafeUninitializedCapacity: 3 * height * width) { target, count in
      count = 3 * height * width
      guard let target = target.baseAddress, let start = rows.baseAddress else { return }
      for row in 0..<height {
        let from = start + (header.isTopDown ? row : height - 1 - row) * rowBytes
        let to = target + row * width
        switch bits {
        case 1, 4, 8: largest = max(largest, writeIndices(from, to, bits))
        case 24: writeBytes(from, to)
        default: writeMasked(from, to, bytes: bits / 8)
        }
      }
    }
    guard header.palette.isEmpty || largest < header.palette.count / 3 else {
      throw .malformed(
        file: name, expected: "colours of a palette of \(header.palette.count / 3)", found: "colour \(largest)")
    }
    return RasterImage(channels: 3, size: header.size, intensities: intensities)
  }

  private var area: Int { header.size.height * header.size.width }

  /// Returns the largest index.
  private func writeIndices(_ row: UnsafePointer<UInt8>, _ target: UnsafeMutablePointer<Float>, _ bits: Int) -> Int {
    let (width, mask, colors) = (header.size.width, 1 << bits - 1, header.palette.count / 3)
    var largest = 0
    header.palette.withUnsafeBufferPointer { palette in
      for x in 0..<width {
        let bit = x * bits
        let index = Int(row[bit >> 3]) >> (8 - bits - bit & 7) & mask
        largest = max(largest, index)
        guard index < colors else { return }
        for channel in 0..<3 { target[channel * area + x] = Float(palette[3 * index + channel]) / 255 }
      }
    }
    return largest
  }

  /// Blue, green and red.
  private func writeBytes(_ row: UnsafePointer<UInt8>, _ target: UnsafeMutablePointer<Float>) {
    for channel in 0..<3 {
      let to = target + channel * area
      for x in 0..<header.size.width { to[x] = Float(row[3 &* x &+ 2 &- channel]) / 255 }
    }
  }

  private func writeMasked(_ row: UnsafePointer<UInt8>, _ target: UnsafeMutablePointer<Float>, bytes: Int) {
    for (channel, mask) in header.masks.enumerated() {
      let shift = UInt32(mask.trailingZeroBitCount)
      let full = Float(mask >> shift)
      let to = target + channel * area
      for x in 0..<header.size.width {
        var pixel: UInt32 = 0
        for byte in 0..<bytes { pixel |= UInt32(row[bytes &* x &+ byte]) &<< UInt32(8 &* byte) }
        to[x] = Float((pixel & mask) &>> shift) / full
      }
    }
  }
}
