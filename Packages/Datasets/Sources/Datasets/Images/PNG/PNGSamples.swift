import TensorCore

/// Turns the rows of a PNG file into intensities.
struct PNGSamples {
  private let header: PNGHeader
  private let name: String
  /// For each channel, the intensity of each sample; of no use at depth 16.
  private let table: [Float]
  /// The number of entries of the palette, or of all values of a sample.
  private let entryCount: Int

  init(_ file: PNGFile, name: String) {
    header = file.header
    self.name = name
    let values = 1 << min(header.depth, 8)
    let palette = file.palette
    entryCount = header.color == .palette ? palette.count / 3 : values
    table = (0..<file.header.channels).flatMap { channel in
      (0..<256).map { value -> Float in
        guard file.header.color == .palette else { return Float(min(value, values - 1)) / Float(values - 1) }
        let place = 3 * value + channel
        return place < palette.count ? Float(palette[place]) / 255 : 0
      }
    }
  }

  /// The image from its unfiltered rows, pass after pass.
  func image(_ lines: [UInt8], _ passes: [PNGPass]) throws(FileError) -> RasterImage {
    let area = header.size.height * header.size.width
    var largest = 0
    let intensities = [Float](unsafeUninitializedCapacity: header.channels * area) { planes, count in
      lines.withUnsafeBufferPointer { lines in
        table.withUnsafeBufferPointer { table in
          guard let planes = planes.baseAddress, var row = lines.baseAddress, let table = table.baseAddress else {
            return
          }
          for pass in passes {
            for line in 0..<pass.height {
              let to = planes + (pass.top + line * pass.down) * header.size.width + pass.left
              largest = max(largest, write(row + 1, to, pass, area, table))
              row += header.rowBytes(pass.width) + 1
            }
          }
        }
      }
      count = header.channels * area
    }
    guard largest < entryCount else {
      throw .malformed(file: name, expected: "colours of a palette of \(entryCount)", found: "colour \(largest)")
    }
    return RasterImage(channels: header.channels, size: header.size, intensities: intensities)
  }

  /// Writes a row to each channel; returns the largest palette entry in it, or 0 without a palette.
  @inline(__always)
  private func write(
    _ row: UnsafePointer<UInt8>, _ target: UnsafeMutablePointer<Float>, _ pass: PNGPass, _ area: Int,
    _ table: UnsafePointer<Float>
  ) -> Int {
    let channels = header.channels
    let samples = header.samplesPerPixel
    switch (header.depth, header.color) {
    case (16, _):
      for channel in 0..<channels {
        for x in 0..<pass.width {
          let place = 2 * (x &* samples &+ channel)
          let value = UInt16(row[place]) << 8 | UInt16(row[place + 1])
          target[channel * area + x &* pass.right] = Float(value) / 65_535
        }
      }
      return 0
    case (8, .gray), (8, .rgb), (8, .grayAlpha), (8, .rgbAlpha):
      for channel in 0..<channels {
        let to = target + channel * area
        for x in 0..<pass.width { to[x &* pass.right] = table[Int(row[x &* samples &+ channel])] }
      }
      return 0
    default: return writeEntries(row, target, pass, area, table)
    }
  }

  /// A palette, or samples of less than a byte, the leftmost in the highest bits.
  private func writeEntries(
    _ row: UnsafePointer<UInt8>, _ target: UnsafeMutablePointer<Float>, _ pass: PNGPass, _ area: Int,
    _ table: UnsafePointer<Float>
  ) -> Int {
    let (depth, mask) = (header.depth, 1 << header.depth - 1)
    var largest = 0
    for x in 0..<pass.width {
      let bit = x * depth
      let value = Int(row[bit >> 3]) >> (8 - depth - bit & 7) & mask
      largest = max(largest, value)
      for channel in 0..<header.channels { target[channel * area + x * pass.right] = table[channel * 256 + value] }
    }
    return header.color == .palette ? largest : 0
  }
}
