extension Gzip {
  /// The beginning of what a gzip file stands for: `count` bytes, or all if there are fewer.
  ///
  /// For a format whose header says how large the rest may be: read that first, then ``decompress(_:limit:name:)`` with
  /// it as the limit. Decodes 64 KiB more than asked at most; checksums are not looked at.
  ///
  /// - Throws: ``FileError/malformed(file:expected:found:)`` for a file that is broken within that beginning.
  public static func prefix(
    _ bytes: [UInt8], count: Int, name: String = "the gzip data"
  ) throws(FileError) -> [UInt8] {
    try bytes.withRawBytes { (bytes) throws(FileError) in try prefix(bytes, count: count, name: name) }
  }

  private static func prefix(
    _ bytes: UnsafeRawBufferPointer, count: Int, name: String
  ) throws(FileError) -> [UInt8] {
    // A stored block is taken whole or not at all, so that the decoder stops up to one short of the limit.
    let limit = count + Int(UInt16.max)
    var inflater = Inflater(bytes, from: 0, limit: limit, name: name, sizeHint: 0)
    var position = 0
    do {
      while position < bytes.count, inflater.count < count {
        try inflater.run(at: try skipHeader(bytes, from: position, name: name))
        position = inflater.end + 8
      }
    } catch {
      guard case .tooLarge = error else { throw error }
    }
    return Array(inflater.takeOutput().prefix(count))
  }
}
