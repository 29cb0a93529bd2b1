/// The gzip format of RFC 1952: deflate streams, each with a header, a CRC-32 and its size.
public enum Gzip {
  /// Whether the bytes begin as a gzip file does.
  public static func isGzip(_ bytes: [UInt8]) -> Bool {
    bytes.starts(with: [0x1F, 0x8B])
  }

  /// What a gzip file stands for: the content of all its members, one after the other.
  ///
  /// About 300 MB/s.
  ///
  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - limit: the most bytes that the result may have; bounds the memory.
  ///   - name: what to call the data in errors.
  /// - Throws: ``FileError/malformed(file:expected:found:)`` for a broken or cut file, a checksum or size that does not
  ///   agree or bytes after the last member; ``FileError/tooLarge(file:limit:)`` for a result above the limit.
  public static func decompress(
    _ bytes: [UInt8], limit: Int, name: String = "the gzip data"
  ) throws(FileError) -> [UInt8] {
    try bytes.withRawBytes { (bytes) throws(FileError) in try decompress(bytes, limit: limit, name: name) }
  }

  static func decompress(_ bytes: UnsafeRawBufferPointer, limit: Int, name: String) throws(FileError) -> [UInt8] {
    // The last four bytes are the size of the last member, usually the only one.
    let sizeHint = bytes.count >= 18 ? Int(bytes.littleEndian(UInt32.self, at: bytes.count - 4)) : 0
    var inflater = Inflater(bytes, from: 0, limit: limit, name: name, sizeHint: sizeHint)
    var position = 0
    repeat {
      let start = inflater.count
      try inflater.run(at: try skipHeader(bytes, from: position, name: name))
      let size = UInt32(truncatingIfNeeded: inflater.count - start)
      try checkTrailer(bytes, at: inflater.end, crc: inflater.withLastStream(CRC32.checksum), size: size, name: name)
      position = inflater.end + 8
    } while position < bytes.count
    return inflater.takeOutput()
  }

  private static func checkTrailer(
    _ bytes: UnsafeRawBufferPointer, at position: Int, crc: UInt32, size: UInt32, name: String
  ) throws(FileError) {
    guard bytes.count - position >= 8 else { throw cut(bytes, name) }
    let storedCRC = bytes.littleEndian(UInt32.self, at: position)
    guard storedCRC == crc else {
      throw .malformed(
        file: name, expected: "content with the CRC-32 \(hexadecimal(storedCRC))", found: hexadecimal(crc))
    }
    let storedSize = bytes.littleEndian(UInt32.self, at: position + 4)
    guard storedSize == size else {
      throw .malformed(file: name, expected: "\(storedSize) bytes of content", found: "\(size)")
    }
  }

  /// The position after the header that begins at `start`.
  static func skipHeader(
    _ bytes: UnsafeRawBufferPointer, from start: Int, name: String
  ) throws(FileError) -> Int {
    guard bytes.count - start >= 10 else { throw cut(bytes, name) }
    guard bytes[start] == 0x1F, bytes[start + 1] == 0x8B else {
      throw .malformed(
        file: name, expected: start == 0 ? "a gzip file, which begins with 1F 8B" : "the end or a further gzip member",
        found: "\(hexadecimal(bytes[start])) \(hexadecimal(bytes[start + 1]))")
    }
    guard bytes[start + 2] == 8 else {
      throw .malformed(file: name, expected: "gzip's method 8, deflate", found: "method \(bytes[start + 2])")
    }
    let flags = HeaderFlags(rawValue: bytes[start + 3])
    guard flags.isDisjoint(with: .reserved) else {
      throw .malformed(file: name, expected: "no reserved gzip flags", found: "flags \(hexadecimal(flags.rawValue))")
    }
    var position = start + 10
    if flags.contains(.extra) {
      guard bytes.count - position >= 2 else { throw cut(bytes, name) }
      position += 2 + Int(bytes.littleEndian(UInt16.self, at: position))
    }
    for text in [HeaderFlags.name, .comment] where flags.contains(text) {
      guard position < bytes.count, let end = bytes[position...].firstIndex(of: 0) else { throw cut(bytes, name) }
      position = end + 1
    }
    if flags.contains(.headerCRC) {
      guard bytes.count - position >= 2 else { throw cut(bytes, name) }
      let crc = UInt16(truncatingIfNeeded: CRC32.checksum(UnsafeRawBufferPointer(rebasing: bytes[start..<position])))
      let stored = bytes.littleEndian(UInt16.self, at: position)
      guard stored == crc else {
        throw .malformed(
          file: name, expected: "a header with the CRC-16 \(hexadecimal(stored))", found: hexadecimal(crc))
      }
      position += 2
    }
    guard position <= bytes.count else { throw cut(bytes, name) }
    return position
  }

  private static func cut(_ bytes: UnsafeRawBufferPointer, _ name: String) -> FileError {
    .malformed(file: name, expected: "a complete gzip member", found: "its end after \(bytes.count) bytes")
  }

  private struct HeaderFlags: OptionSet {
    let rawValue: UInt8
    static let headerCRC = HeaderFlags(rawValue: 1 << 1)
    static let extra = HeaderFlags(rawValue: 1 << 2)
    static let name = HeaderFlags(rawValue: 1 << 3)
    static let comment = HeaderFlags(rawValue: 1 << 4)
    static let reserved = HeaderFlags(rawValue: 0b1110_0000)
  }
}
