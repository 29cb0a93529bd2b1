/// Writes a zip archive of stored entries, piece by piece, without dates: the same input gives the same bytes.
struct ZipWriter {
  private let file: OutputFile
  private var directory: [UInt8] = []
  private var entryCount = 0

  init(_ file: OutputFile) { self.file = file }

  /// Adds the entry `name` of `size` bytes with the given CRC-32, which `body` writes to the file.
  mutating func add(
    _ name: String, size: Int, crc: UInt32, _ body: (OutputFile) throws(FileError) -> Void
  ) throws(FileError) {
    let position = file.count
    guard size < 0xFFFF_FFFF, position < 0xFFFF_FFFF, entryCount < 0xFFFE, name.utf8.count <= 0xFFFF else {
      throw .malformed(
        file: file.path, expected: "at most 4 GiB and 65,534 entries in a zip archive", found: "more with '\(name)'")
    }
    var common = LittleEndianBytes()
    // Version 2.0, names in UTF-8, stored, 1980-01-01 00:00.
    for value: UInt16 in [20, 0x0800, 0, 0, 0x0021] { common.append(value) }
    common.append(crc)
    common.append(UInt32(size))
    common.append(UInt32(size))
    common.append(UInt16(name.utf8.count))
    common.append(UInt16(0))

    let text = Array(name.utf8)
    try file.write([0x50, 0x4B, 3, 4] + common.bytes + text)
    try body(file)

    var rest = LittleEndianBytes()
    // No comment, disk 0, no attributes.
    for value: UInt16 in [0, 0, 0, 0, 0] { rest.append(value) }
    rest.append(UInt32(position))
    directory += [0x50, 0x4B, 1, 2, 20, 0] + common.bytes + rest.bytes + text
    entryCount += 1
  }

  /// Writes the directory.
  func finish() throws(FileError) {
    guard file.count + directory.count < 0xFFFF_FFFF else {
      throw .malformed(file: file.path, expected: "a zip archive of at most 4 GiB", found: "\(file.count) bytes")
    }
    var end = LittleEndianBytes()
    for value in [0, 0, UInt16(entryCount), UInt16(entryCount)] { end.append(value) }
    end.append(UInt32(directory.count))
    end.append(UInt32(file.count))
    end.append(UInt16(0))
    try file.write(directory + [0x50, 0x4B, 5, 6] + end.bytes)
  }
}

/// Integers appended with their lowest byte first.
private struct LittleEndianBytes {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { bytes.append(contentsOf: $0) }
  }
}
