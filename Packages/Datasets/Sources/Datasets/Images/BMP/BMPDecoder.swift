import TensorCore

/// BMP: 1, 4, 8, 16, 24 and 32 bits a pixel, plain, with masks or run lengths, from the bottom up or the top down.
///
/// The image has three channels. What lies beside the colours in 32 bits is read over. An image in run lengths needs a
/// byte for 256 pixels at least, so that a small file takes little memory; pixels that its runs leave out have the first
/// colour.
///
/// Format: Microsoft's `BITMAPINFOHEADER` and its successors; OS/2's `BITMAPCOREHEADER`.
public struct BMPDecoder: ImageDecoder {
  /// The decoder.
  public init() {}

  /// What messages call the format.
  public var formatNames: String { "BMP" }

  /// Whether the bytes begin with `BM`.
  public func recognizes(_ bytes: [UInt8]) -> Bool { bytes.starts(with: "BM".utf8) }

  /// The image in a whole file.
  ///
  /// - Throws: `FileError.malformed` naming what was expected and what was there.
  public func decode(_ bytes: [UInt8], name: String) throws(FileError) -> RasterImage {
    guard recognizes(bytes) else {
      throw .malformed(file: name, expected: "BM at the beginning", found: "other bytes")
    }
    return try bytes.withUnsafeBufferPointer { (bytes) throws(FileError) in
      let header = try BMPHeader(bytes, name: name)
      switch header.storage {
      case .plain: return try Self.plain(bytes, header, name: name)
      case .runs:
        let indices = try BMPRunLengths.indices(bytes, header, name: name)
        return try indices.withUnsafeBufferPointer { (indices) throws(FileError) in
          try BMPPixels(header, name: name).image(indices, bits: 8, rowBytes: header.size.width)
        }
      }
    }
  }

  private static func plain(
    _ bytes: UnsafeBufferPointer<UInt8>, _ header: BMPHeader, name: String
  ) throws(FileError) -> RasterImage {
    let rowBytes = (header.size.width * header.bits + 31) / 32 * 4
    let needed = rowBytes * header.size.height
    guard bytes.count - header.offset >= needed else {
      throw .malformed(
        file: name, expected: "\(needed) bytes of pixels from byte \(header.offset) on",
        found: "\(bytes.count - header.offset)")
    }
    let pixels = UnsafeBufferPointer(rebasing: bytes[header.offset..<(header.offset + needed)])
    return try BMPPixels(header, name: name).image(pixels, bits: header.bits, rowBytes: rowBytes)
  }
}
