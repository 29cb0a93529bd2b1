import TensorCore

/// The grey and colour formats of Netpbm: PGM (`P2` in text, `P5` in bytes) and PPM (`P3`, `P6`).
///
/// A header of the magic number, width, height and the value of full intensity (1 to 65,535), apart by white space or
/// comments from `#` to the end of the line; then the samples, row by row. In bytes, a sample above 255 takes two, the
/// high one first. White space may follow the image, nothing else.
///
/// Format: the manual pages `pgm(5)` and `ppm(5)` of Netpbm.
public struct PNMDecoder: ImageDecoder {
  /// The decoder.
  public init() {}

  /// What messages call the formats.
  public var formatNames: String { "PGM or PPM" }

  /// Whether the bytes begin with `P2`, `P3`, `P5` or `P6`.
  public func recognizes(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 2, bytes[0] == UInt8(ascii: "P") else { return false }
    return "2356".utf8.contains(bytes[1])
  }

  /// The image in a whole file.
  ///
  /// - Throws: `FileError.malformed` naming what was expected where, and what was there.
  public func decode(_ bytes: [UInt8], name: String) throws(FileError) -> RasterImage {
    guard recognizes(bytes) else {
      throw .malformed(file: name, expected: "P2, P3, P5 or P6 at the beginning", found: "none of them")
    }
    var reader = PNMReader(bytes, name: name)
    let isText = bytes[1] < UInt8(ascii: "5")
    let channels = bytes[1] == UInt8(ascii: "2") || bytes[1] == UInt8(ascii: "5") ? 1 : 3
    let width = try reader.number("a width", in: 1...Self.largestSide)
    let height = try reader.number("a height", in: 1...Self.largestSide)
    let maximum = try reader.number("a value of full intensity", in: 1...65_535)
    // At most 2^40 times 3: no overflow.
    let count = width * height * channels
    let samples =
      isText
      ? try reader.textSamples(count: count, maximum: maximum)
      : try reader.binarySamples(count: count, maximum: maximum)
    try reader.expectEnd()
    let image = Self.planes(samples, channels: channels, maximum: Float(maximum))
    return RasterImage(channels: channels, size: ImageSize(height: height, width: width), intensities: image)
  }

  /// The longest side of an image.
  static let largestSide = 1 << 20

  /// Channel after channel, from the file's pixel after pixel.
  private static func planes(_ samples: [UInt16], channels: Int, maximum: Float) -> [Float] {
    let area = samples.count / channels
    return [Float](unsafeUninitializedCapacity: samples.count) { intensities, count in
      for channel in 0..<channels {
        for pixel in 0..<area {
          intensities[channel * area + pixel] = Float(samples[pixel * channels + channel]) / maximum
        }
      }
      count = samples.count
    }
  }
}

/// Goes through a file from the magic number on.
private struct PNMReader {
  private let bytes: [UInt8]
  private let name: String
  private var position = 2

  init(_ bytes: [UInt8], name: String) {
    self.bytes = bytes
    self.name = name
  }

  /// The next number in decimal digits, after white space or comments.
  mutating func number(_ meaning: String, in range: ClosedRange<Int>) throws(FileError) -> Int {
    let before = position
    // Not made unless needed: there are as many numbers as samples.
    var expected: String { "\(meaning) in \(range) at byte \(before)" }
    skipSpaceAndComments()
    guard position < bytes.count else { throw malformed(expected, "the end of the file") }
    guard position > before else { throw malformed(expected, "no white space before it") }
    var value = 0
    let start = position
    while position < bytes.count, let digit = Self.digit(bytes[position]) {
      value = value * 10 + digit
      guard value <= range.upperBound else { throw malformed(expected, "a larger number") }
      position += 1
    }
    guard position > start else { throw malformed(expected, "the byte \(bytes[position])") }
    guard value >= range.lowerBound else { throw malformed(expected, "\(value)") }
    return value
  }

  mutating func textSamples(count: Int, maximum: Int) throws(FileError) -> [UInt16] {
    // White space and a digit at least for each: what cannot be there takes no memory.
    let left = bytes.count - position
    guard left >= 2 * count else {
      throw malformed("\(count) samples from byte \(position) on", "\(left) bytes")
    }
    var samples: [UInt16] = []
    samples.reserveCapacity(count)
    for _ in 0..<count { samples.append(UInt16(try number("a sample", in: 0...maximum))) }
    return samples
  }

  mutating func binarySamples(count: Int, maximum: Int) throws(FileError) -> [UInt16] {
    guard position < bytes.count, Self.isSpace(bytes[position]) else {
      throw malformed("white space at byte \(position), before the samples", "none")
    }
    position += 1
    let width = maximum < 256 ? 1 : 2
    let left = bytes.count - position
    guard left >= count * width else {
      throw malformed("\(count * width) bytes of samples from byte \(position) on", "\(left)")
    }
    let start = position
    position += count * width
    let samples = bytes.withUnsafeBufferPointer { bytes in
      [UInt16](unsafeUninitializedCapacity: count) { samples, initialized in
        for index in 0..<count {
          samples[index] =
            width == 1
            ? UInt16(bytes[start + index])
            : UInt16(bytes[start + 2 * index]) << 8 | UInt16(bytes[start + 2 * index + 1])
        }
        initialized = count
      }
    }
    if let wrong = samples.firstIndex(where: { $0 > maximum }) {
      throw malformed("samples of at most \(maximum)", "\(samples[wrong]) at byte \(start + wrong * width)")
    }
    return samples
  }

  /// Nothing but white space may be left.
  func expectEnd() throws(FileError) {
    guard let extra = bytes[position...].firstIndex(where: { !Self.isSpace($0) }) else { return }
    throw malformed("the end of the image", "\(bytes.count - extra) more bytes from byte \(extra) on")
  }

  private mutating func skipSpaceAndComments() {
    var isComment = false
    while position < bytes.count {
      let byte = bytes[position]
      if isComment {
        isComment = byte != UInt8(ascii: "\n") && byte != UInt8(ascii: "\r")
      } else if byte == UInt8(ascii: "#") {
        isComment = true
      } else if !Self.isSpace(byte) {
        return
      }
      position += 1
    }
  }

  private func malformed(_ expected: String, _ found: String) -> FileError {
    .malformed(file: name, expected: expected, found: found)
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 32 || (9...13).contains(byte)
  }

  private static func digit(_ byte: UInt8) -> Int? {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) ? Int(byte - UInt8(ascii: "0")) : nil
  }
}
