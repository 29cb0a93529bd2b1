import TensorCore

/// The chunks of a PNG file, checked and put together.
struct PNGFile {
  let header: PNGHeader
  /// Red, green and blue of each entry; empty without a palette.
  let palette: [UInt8]
  /// The content of all IDAT chunks.
  let compressed: [UInt8]

  init(_ bytes: [UInt8], name: String) throws(FileError) {
    self = try bytes.withUnsafeBufferPointer { (bytes) throws(FileError) in
      try Self.read(bytes, name: name)
    }
  }

  private init(header: PNGHeader, palette: [UInt8], compressed: [UInt8]) {
    self.header = header
    self.palette = palette
    self.compressed = compressed
  }

  private static func read(_ bytes: UnsafeBufferPointer<UInt8>, name: String) throws(FileError) -> PNGFile {
    var chunks = PNGChunks(bytes, name: name)
    let first = try chunks.next()
    guard first.type == "IHDR" else {
      throw .malformed(file: name, expected: "an IHDR chunk first", found: first.type)
    }
    let header = try PNGHeader(first.content, name: name)
    var palette: [UInt8] = []
    var compressed: [UInt8] = []
    var last = first.type
    while true {
      let chunk = try chunks.next()
      defer { last = chunk.type }
      switch chunk.type {
      case "IEND":
        guard last == "IDAT" || !compressed.isEmpty else {
          throw .malformed(file: name, expected: "pixels in IDAT chunks", found: "none")
        }
        guard header.color != .palette || !palette.isEmpty else {
          throw .malformed(file: name, expected: "a palette", found: "none")
        }
        return PNGFile(header: header, palette: palette, compressed: compressed)
      case "IDAT":
        guard compressed.isEmpty || last == "IDAT" else {
          throw .malformed(file: name, expected: "IDAT chunks one after the other", found: "\(last) between them")
        }
        compressed.append(contentsOf: chunk.content)
      case "PLTE":
        palette = try Self.palette(chunk.content, header, compressed.isEmpty && palette.isEmpty, name: name)
      case "tRNS":
        try Self.checkTransparency(chunk.content.count, header, palette.count / 3, name: name)
      default:
        guard chunk.mayBeLeftOut else {
          throw .malformed(file: name, expected: "PNG's chunks IHDR, PLTE, IDAT and IEND", found: chunk.type)
        }
      }
    }
  }

  private static func palette(
    _ content: UnsafeBufferPointer<UInt8>, _ header: PNGHeader, _ isFirst: Bool, name: String
  ) throws(FileError) -> [UInt8] {
    guard isFirst else {
      throw .malformed(file: name, expected: "one palette, before the pixels", found: "a palette after it or them")
    }
    guard header.channels == 3 else {
      throw .malformed(file: name, expected: "no palette for grey pixels", found: "a palette")
    }
    guard content.count % 3 == 0, (1...256).contains(content.count / 3) else {
      throw .malformed(file: name, expected: "3 bytes for each of 1 to 256 colours", found: "\(content.count) bytes")
    }
    return Array(content)
  }

  private static func checkTransparency(
    _ count: Int, _ header: PNGHeader, _ colors: Int, name: String
  ) throws(FileError) {
    let isRight =
      switch header.color {
      case .gray: count == 2
      case .rgb: count == 6
      case .palette: (1...max(1, colors)).contains(count)
      case .grayAlpha, .rgbAlpha: false
      }
    guard isRight else {
      throw .malformed(
        file: name, expected: "a tRNS chunk of the length that colour type \(header.color.rawValue) allows",
        found: "\(count) bytes")
    }
  }
}

/// Goes through the chunks of a file, comparing checksums.
struct PNGChunks {
  struct Chunk {
    let type: String
    let content: UnsafeBufferPointer<UInt8>
    /// Whether the type begins with a small letter.
    let mayBeLeftOut: Bool
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private let name: String
  private var position = PNGDecoder.signature.count

  init(_ bytes: UnsafeBufferPointer<UInt8>, name: String) {
    self.bytes = bytes
    self.name = name
  }

  mutating func next() throws(FileError) -> Chunk {
    let left = bytes.count - position
    guard left >= 12 else {
      throw .malformed(file: name, expected: "a chunk of at least 12 bytes at byte \(position)", found: "\(left) bytes")
    }
    let count = bytes.bigEndian32(at: position)
    guard count <= left - 12 else {
      throw .malformed(
        file: name, expected: "a chunk of \(count) bytes at byte \(position)", found: "\(left - 12) bytes")
    }
    let letters = bytes[(position + 4)..<(position + 8)]
    guard letters.allSatisfy({ (65...90).contains($0) || (97...122).contains($0) }) else {
      throw .malformed(
        file: name, expected: "a chunk's name in letters at byte \(position + 4)", found: "\(Array(letters))")
    }
    let type = String(decoding: letters, as: UTF8.self)
    var crc = CRC32()
    crc.update(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[(position + 4)..<(position + 8 + count)]))
    let stored = UInt32(bytes.bigEndian32(at: position + 8 + count))
    guard crc.value == stored else {
      throw .malformed(
        file: name, expected: "a \(type) chunk with the CRC-32 \(String(stored, radix: 16, uppercase: true))",
        found: String(crc.value, radix: 16, uppercase: true))
    }
    let content = UnsafeBufferPointer(rebasing: bytes[(position + 8)..<(position + 8 + count)])
    position += 12 + count
    return Chunk(type: type, content: content, mayBeLeftOut: letters.first.map { $0 & 0x20 != 0 } ?? false)
  }
}
