/// The zlib format of RFC 1950: a deflate stream between a header of two bytes and an Adler-32. PNG holds its pixels so.
public enum Zlib {
  /// The bytes that a zlib stream stands for. About 300 MB/s.
  ///
  /// - Parameters:
  ///   - bytes: the whole stream.
  ///   - limit: the most bytes that the result may have; bounds the memory.
  ///   - name: what to call the data in errors.
  /// - Throws: ``FileError/malformed(file:expected:found:)`` for a broken or cut stream, a preset dictionary, a checksum
  ///   that does not agree or further bytes; ``FileError/tooLarge(file:limit:)`` for a result above the limit.
  public static func decompress(
    _ bytes: [UInt8], limit: Int, name: String = "the zlib data"
  ) throws(FileError) -> [UInt8] {
    try bytes.withRawBytes { (bytes) throws(FileError) in try decompress(bytes, limit: limit, name: name) }
  }

  private static func decompress(
    _ bytes: UnsafeRawBufferPointer, limit: Int, name: String
  ) throws(FileError) -> [UInt8] {
    func broken(_ expected: String, _ found: String) -> FileError {
      .malformed(file: name, expected: expected, found: found)
    }
    guard bytes.count >= 6 else { throw broken("a zlib stream of at least 6 bytes", "\(bytes.count)") }
    let header = UInt16(bytes[0]) << 8 | UInt16(bytes[1])
    guard header % 31 == 0, bytes[0] & 0x0F == 8, bytes[0] >> 4 <= 7 else {
      throw broken("a zlib header for deflate", hexadecimal(header))
    }
    guard bytes[1] & 0x20 == 0 else { throw broken("a zlib stream without a preset dictionary", "one that needs it") }
    var inflater = Inflater(bytes, from: 2, limit: limit, name: name)
    try inflater.run()
    guard bytes.count - inflater.end == 4 else {
      throw broken("a checksum of 4 bytes after the deflate stream", "\(bytes.count - inflater.end) bytes")
    }
    let stored = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: inflater.end, as: UInt32.self))
    let actual = inflater.withLastStream(Adler32.checksum)
    guard stored == actual else {
      throw broken("content with the Adler-32 \(hexadecimal(stored))", hexadecimal(actual))
    }
    return inflater.takeOutput()
  }
}
