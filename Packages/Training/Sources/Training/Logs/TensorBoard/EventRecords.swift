import TensorCore

/// The records of an event file, one after the other: each has its length, a checksum of that, its content and a checksum of that.
struct EventRecords {
  /// The bytes of length and checksum before a record's content.
  static let headerSize = 12

  private let file: InputFile
  private var position = 0
  /// Whether the file ends within a record, as one does that is being written.
  private(set) var isCut = false

  init(path: String) throws(FileError) { file = try InputFile(path: path) }

  /// Whether a file that starts so is one of records: the checksum of the first length says so.
  static func begin(_ start: [UInt8]) -> Bool {
    guard start.count >= headerSize else { return false }
    return UInt64(CRC32C.masked(Array(start[..<8]))) == ProtobufReader.littleEndian(start[8..<headerSize])
  }

  /// The content of the next record; nil at the end.
  ///
  /// - Throws: `FileError` when the file cannot be read or a checksum does not agree.
  mutating func next() throws(FileError) -> [UInt8]? {
    guard position < file.count, !isCut else { return nil }
    guard file.count - position >= Self.headerSize else { return cut() }
    let header = try bytes(Self.headerSize, at: position)
    guard Self.begin(header) else { throw broken("a record's length with its checksum") }
    let count = ProtobufReader.littleEndian(header[..<8])
    let left = file.count - position - Self.headerSize
    guard left >= 4, count <= UInt64(left - 4) else { return cut() }
    let content = try bytes(Int(count), at: position + Self.headerSize)
    let checksum = try bytes(4, at: position + Self.headerSize + Int(count))
    guard UInt64(CRC32C.masked(content)) == ProtobufReader.littleEndian(checksum[...]) else {
      throw broken("a record with its checksum")
    }
    position += Self.headerSize + Int(count) + 4
    return content
  }

  private func bytes(_ count: Int, at offset: Int) throws(FileError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var failure: FileError?
    bytes.withUnsafeMutableBytes { target in
      do throws(FileError) { try file.read(into: target, at: offset) } catch { failure = error }
    }
    if let failure { throw failure }
    return bytes
  }

  private mutating func cut() -> [UInt8]? {
    isCut = true
    return nil
  }

  private func broken(_ expected: String) -> FileError {
    .malformed(file: file.path, expected: "\(expected) at byte \(position)", found: "another")
  }
}
