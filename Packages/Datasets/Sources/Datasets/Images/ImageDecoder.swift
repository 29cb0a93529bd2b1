import TensorCore

/// Reads images of one family of formats.
public protocol ImageDecoder: Sendable {
  /// The names of the formats, for messages: `PGM or PPM`.
  var formatNames: String { get }

  /// Whether the bytes begin as a file of these formats does.
  func recognizes(_ bytes: [UInt8]) -> Bool

  /// The image in a whole file.
  ///
  /// The bytes may come from anyone: every length is checked before use, and the memory is bounded by the file's size.
  ///
  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - name: what to call it in errors.
  /// - Throws: `FileError.malformed` for a file that is not right.
  func decode(_ bytes: [UInt8], name: String) throws(FileError) -> RasterImage

  /// The same in bytes, rounded where the file has finer steps. Default: from ``decode(_:name:)``.
  func decodeBytes(_ bytes: [UInt8], name: String) throws(FileError) -> ByteImage
}

extension ImageDecoder {
  public func decodeBytes(_ bytes: [UInt8], name: String) throws(FileError) -> ByteImage {
    ByteImage(try decode(bytes, name: name))
  }
}

/// Image files of all formats that there is a decoder for.
public enum ImageFile {
  /// The decoders, tried in order.
  public static let decoders: [any ImageDecoder] = [PNGDecoder(), JPEGDecoder(), BMPDecoder(), PNMDecoder()]

  /// The most bytes that a file may have: 1 GiB.
  public static let largestFile = 1 << 30

  /// The image in the file at `path`.
  ///
  /// - Throws: `FileError` when the file cannot be read, is of no known format or not right.
  public static func read(_ path: String) throws(FileError) -> RasterImage {
    try decode(InputFile.contents(of: path, limit: largestFile), name: path)
  }

  /// The image in the file at `path` in bytes, with the given number of channels: 1 or 3.
  ///
  /// - Throws: `FileError` when the file cannot be read, is of no known format or not right.
  static func readBytes(_ path: String, channels: Int) throws(FileError) -> ByteImage {
    let bytes = try InputFile.contents(of: path, limit: largestFile)
    let image = try decoder(of: bytes, name: path).decodeBytes(bytes, name: path)
    return image.channels == channels ? image : ByteImage(image.raster.converted(toChannels: channels))
  }

  /// The image in the bytes of a file.
  ///
  /// - Throws: `FileError.malformed` when they are of no known format or not right.
  public static func decode(_ bytes: [UInt8], name: String = "the image") throws(FileError) -> RasterImage {
    try decoder(of: bytes, name: name).decode(bytes, name: name)
  }

  private static func decoder(of bytes: [UInt8], name: String) throws(FileError) -> any ImageDecoder {
    guard let decoder = decoders.first(where: { $0.recognizes(bytes) }) else {
      let known = decoders.map(\.formatNames).joined(separator: ", ")
      throw .malformed(file: name, expected: "an image (\(known))", found: kind(of: bytes))
    }
    return decoder
  }

  /// The signatures of formats that are not read, from the byte at `start` on.
  private static let others: [(name: String, start: Int, signature: String)] = [
    ("WebP", 8, "WEBP"), ("GIF", 0, "GIF8"), ("TIFF", 0, "II*\0"), ("TIFF", 0, "MM\0*"), ("AVIF", 4, "ftypavif"),
    ("HEIF", 4, "ftyphei"), ("HEIF", 4, "ftypmif1"),
  ]

  private static func kind(of bytes: [UInt8]) -> String {
    if let other = others.first(where: { bytes.dropFirst($0.start).starts(with: $0.signature.utf8) }) {
      return "a file of \(other.name)"
    }
    let beginning = bytes.prefix(4).map(hexadecimal).joined(separator: " ")
    return bytes.isEmpty ? "no bytes" : "a file that begins with \(beginning)"
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
  }
}
