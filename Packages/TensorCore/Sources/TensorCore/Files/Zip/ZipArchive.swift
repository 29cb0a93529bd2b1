/// A zip archive open for reading: stored and deflated entries, up to 4 GiB (no zip64), one disk, no encryption.
///
/// The central directory at the end is the only truth; each entry's local header is compared with it. Entries may not
/// overlap and names not repeat.
///
/// Source: PKWARE's APPNOTE.TXT, sections 4.3 and 4.4.
struct ZipArchive: Sendable {
  struct Entry: Sendable, Equatable {
    let name: String
    let method: Method
    let crc: UInt32
    let compressedSize: Int
    let size: Int
    /// The position of the local header.
    let position: Int
  }

  enum Method: UInt16, Sendable {
    case stored = 0
    case deflated = 8
  }

  static let localHeaderSize = 30

  /// In the order of the central directory.
  let entries: [Entry]
  private let source: any ByteSource
  private let directoryStart: Int

  init(reading source: some ByteSource) throws(FileError) {
    let directory = try ZipDirectory(reading: source)
    self.source = source
    entries = directory.entries
    directoryStart = directory.start
  }

  /// The bytes of an entry, decompressed and checked, at most `limit`.
  func contents(of entry: Entry, limit: Int) throws(FileError) -> [UInt8] {
    let title = "\(source.name)/\(entry.name)"
    guard entry.size <= limit else { throw .tooLarge(file: title, limit: limit) }
    let start = try dataStart(of: entry, title: title)
    let stored = try source.bytes(in: start..<(start + entry.compressedSize))
    let bytes = entry.method == .stored ? stored : try Deflate.inflate(stored, limit: entry.size, name: title)
    guard bytes.count == entry.size else {
      throw .malformed(file: title, expected: "\(entry.size) bytes of content", found: "\(bytes.count)")
    }
    let crc = CRC32.checksum(bytes)
    guard crc == entry.crc else {
      throw .malformed(
        file: title, expected: "content with the CRC-32 \(hexadecimal(entry.crc))", found: hexadecimal(crc))
    }
    return bytes
  }

  /// Where an entry's bytes begin, after its local header, which must say the same as the directory.
  private func dataStart(of entry: Entry, title: String) throws(FileError) -> Int {
    let header = try source.bytes(in: entry.position..<(entry.position + Self.localHeaderSize))
    let (signature, method, nameSize, extraSize) = header.withUnsafeBytes { bytes in
      (
        bytes.littleEndian(UInt32.self, at: 0), bytes.littleEndian(UInt16.self, at: 8),
        Int(bytes.littleEndian(UInt16.self, at: 26)), Int(bytes.littleEndian(UInt16.self, at: 28))
      )
    }
    let nameStart = entry.position + Self.localHeaderSize
    let start = nameStart + nameSize + extraSize
    guard signature == 0x0403_4B50, method == entry.method.rawValue,
      start + entry.compressedSize <= directoryStart,
      try source.bytes(in: nameStart..<(nameStart + nameSize)) == Array(entry.name.utf8)
    else { throw .malformed(file: title, expected: "a local header that agrees with the directory", found: "another") }
    return start
  }
}
