import TensorCore

/// PNG: every colour type and depth, plain or interlaced.
///
/// Grey images have one channel, all others three. Depths below 8 are spread over 0 to 1, depth 16 keeps its 65,536
/// steps. Transparency and gamma are read over: the colours are those in the file, as Pillow's `convert("RGB")` gives
/// them. Of an animation the still image is read.
///
/// Each chunk's CRC-32 and the Adler-32 of the pixels are compared; unknown chunks are left out if they may be. About
/// as fast as its deflate stream, 300 MB of samples a second.
///
/// Format: the PNG specification, third edition (W3C), ISO/IEC 15948.
public struct PNGDecoder: ImageDecoder {
  /// The decoder.
  public init() {}

  /// What messages call the format.
  public var formatNames: String { "PNG" }

  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// Whether the bytes begin with PNG's eight.
  public func recognizes(_ bytes: [UInt8]) -> Bool { bytes.starts(with: Self.signature) }

  /// The image in a whole file.
  ///
  /// - Throws: `FileError.malformed` naming what was expected and what was there.
  public func decode(_ bytes: [UInt8], name: String) throws(FileError) -> RasterImage {
    guard recognizes(bytes) else {
      throw .malformed(file: name, expected: "PNG's signature at the beginning", found: "another")
    }
    let file = try PNGFile(bytes, name: name)
    let header = file.header
    let passes = header.passes
    let expected = passes.reduce(0) { $0 + $1.byteCount(header) }
    // What the stream cannot hold takes no memory.
    guard expected / Deflate.largestRatio <= file.compressed.count else {
      throw .malformed(
        file: name, expected: "at least \(expected / Deflate.largestRatio) bytes of compressed pixels",
        found: "\(file.compressed.count)")
    }
    var lines = try Self.inflated(file.compressed, count: expected, name: name)
    var start = 0
    for pass in passes {
      try PNGFilters.undo(
        &lines, from: start, rows: pass.height, rowBytes: header.rowBytes(pass.width), step: header.pixelBytes,
        name: name)
      start += pass.byteCount(header)
    }
    return try PNGSamples(file, name: name).image(lines, passes)
  }

  private static func inflated(_ compressed: [UInt8], count: Int, name: String) throws(FileError) -> [UInt8] {
    let lines: [UInt8]
    do {
      lines = try Zlib.decompress(compressed, limit: count, name: name)
    } catch {
      guard case .tooLarge = error else { throw error }
      throw .malformed(file: name, expected: "\(count) bytes of pixels", found: "more")
    }
    guard lines.count == count else {
      throw .malformed(file: name, expected: "\(count) bytes of pixels", found: "\(lines.count)")
    }
    return lines
  }
}
