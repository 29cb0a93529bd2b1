import Datasets
import Foundation
import TensorCore

/// An image as a PNG file of 8 bits a channel, uncompressed: small pictures within a page.
///
/// Source: the PNG specification, ISO/IEC 15948; stored blocks of RFC 1951.
public enum PNGImage {
  /// The bytes of the file.
  public static func encode(_ image: RasterImage) -> [UInt8] {
    let header =
      bigEndian(UInt32(image.size.width)) + bigEndian(UInt32(image.size.height))
      + [8, image.channels == 3 ? 2 : 0, 0, 0, 0]
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header)
      + chunk("IDAT", stored(scanlines(image))) + chunk("IEND", [])
  }

  /// The file as an address that a page can show without fetching anything.
  static func address(_ image: RasterImage) -> String {
    "data:image/png;base64," + Data(encode(image)).base64EncodedString()
  }

  /// Row after row, each behind a byte 0 (no filter), the channels of a pixel together.
  private static func scanlines(_ image: RasterImage) -> [UInt8] {
    let area = image.size.height * image.size.width
    var bytes: [UInt8] = []
    bytes.reserveCapacity(area * image.channels + image.size.height)
    for row in 0..<image.size.height {
      bytes.append(0)
      for column in 0..<image.size.width {
        for channel in 0..<image.channels {
          let intensity = image.intensities[channel * area + row * image.size.width + column]
          bytes.append(UInt8((min(max(intensity, 0), 1) * 255).rounded()))
        }
      }
    }
    return bytes
  }

  /// A zlib stream of blocks that are not compressed.
  private static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var stream: [UInt8] = [0x78, 0x01]
    for start in stride(from: 0, to: bytes.count, by: 65_535) {
      let block = bytes[start..<min(start + 65_535, bytes.count)]
      let size = UInt16(block.count)
      stream.append(block.endIndex == bytes.count ? 1 : 0)
      for half in [size, ~size] { stream += [UInt8(half & 0xFF), UInt8(half >> 8)] }
      stream += block
    }
    return stream + bigEndian(Adler32.checksum(bytes))
  }

  private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
    let named = Array(name.utf8) + content
    return bigEndian(UInt32(content.count)) + named + bigEndian(CRC32.checksum(named))
  }

  private static func bigEndian(_ value: UInt32) -> [UInt8] { withUnsafeBytes(of: value.bigEndian, Array.init) }
}
