/// Bytes that can be read at any position: an open file, or an array.
protocol ByteSource: Sendable {
  /// What to call the bytes in errors; the path of a file.
  var name: String { get }
  /// The number of bytes.
  var count: Int { get }
  /// Fills `target` with the bytes from `offset` on.
  func read(into target: UnsafeMutableRawBufferPointer, at offset: Int) throws(FileError)
}

extension ByteSource {
  /// The bytes in `range`, which must lie within the source.
  func bytes(in range: Range<Int>) throws(FileError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: range.count)
    try bytes.withMutableRawBytes { (buffer) throws(FileError) in try read(into: buffer, at: range.lowerBound) }
    return bytes
  }

  func malformed(_ expected: String, found: String) -> FileError {
    .malformed(file: name, expected: expected, found: found)
  }
}

/// An array as a source.
struct MemoryBytes: ByteSource {
  let name: String
  let bytes: [UInt8]

  var count: Int { bytes.count }

  func read(into target: UnsafeMutableRawBufferPointer, at offset: Int) throws(FileError) {
    guard offset >= 0, target.count <= bytes.count, offset <= bytes.count - target.count else {
      throw malformed("\(target.count) bytes at byte \(offset)", found: "the end after \(bytes.count) bytes")
    }
    bytes.withUnsafeBytes {
      target.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[offset...].prefix(target.count)))
    }
  }
}
