/// The compressed data format of RFC 1951, which gzip, zlib, zip and PNG wrap.
public enum Deflate {
  /// The bytes that a deflate stream stands for.
  ///
  /// The stream must end with the last byte given. About 300 MB/s.
  ///
  /// - Parameters:
  ///   - bytes: the whole stream.
  ///   - limit: the most bytes that the result may have. No more memory than about twice this is used, and no more than
  ///     the input can produce, some thousand times its size.
  ///   - name: what to call the data in errors.
  /// - Throws: ``FileError/malformed(file:expected:found:)`` for a broken or cut stream or one followed by other bytes,
  ///   ``FileError/tooLarge(file:limit:)`` for a result above the limit.
  public static func inflate(
    _ bytes: [UInt8], limit: Int, name: String = "the deflated data"
  ) throws(FileError) -> [UInt8] {
    try bytes.withRawBytes { (bytes) throws(FileError) in try inflate(bytes, limit: limit, name: name) }
  }

  static func inflate(
    _ bytes: UnsafeRawBufferPointer, limit: Int, name: String
  ) throws(FileError) -> [UInt8] {
    var inflater = Inflater(bytes, from: 0, limit: limit, name: name)
    try inflater.run()
    guard inflater.end == bytes.count else {
      throw .malformed(
        file: name, expected: "the end of the deflate stream at its last byte",
        found: "\(bytes.count - inflater.end) bytes after it")
    }
    return inflater.takeOutput()
  }

  /// More bytes than this per byte of input no deflate stream produces: two bits can stand for 258 bytes.
  public static let largestRatio = 1_032
}
