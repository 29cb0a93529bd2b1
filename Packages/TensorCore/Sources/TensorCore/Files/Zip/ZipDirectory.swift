/// The central directory of a zip archive, checked.
struct ZipDirectory {
  private static let endSize = 22
  private static let entrySize = 46

  let entries: [ZipArchive.Entry]
  /// Where the directory begins and the entries' data must have ended.
  let start: Int

  init(reading source: some ByteSource) throws(FileError) {
    let end = try Self.findEnd(source)
    (start, entries) = try end.bytes.withRawBytes { (bytes) throws(FileError) in
      let start = Int(bytes.littleEndian(UInt32.self, at: 16))
      let size = Int(bytes.littleEndian(UInt32.self, at: 12))
      let count = Int(bytes.littleEndian(UInt16.self, at: 10))
      guard start != 0xFFFF_FFFF, size != 0xFFFF_FFFF, count != 0xFFFF else {
        throw source.malformed("a zip archive below 4 GiB and 65,535 entries", found: "one in the zip64 format")
      }
      guard bytes.littleEndian(UInt32.self, at: 4) == 0, bytes.littleEndian(UInt16.self, at: 8) == UInt16(count) else {
        throw source.malformed("a zip archive in one piece", found: "a part of several")
      }
      guard start + size == end.position else {
        throw source.malformed(
          "the zip directory to end at \(end.position)", found: "one of \(size) bytes at \(start)")
      }
      return (start, try Self.entries(count, in: start..<end.position, source))
    }
    try Self.checkOverlaps(entries, directoryStart: start, source)
  }

  /// The last record of the archive, behind which only a comment of the length it tells may stand.
  private static func findEnd(_ source: some ByteSource) throws(FileError) -> (position: Int, bytes: [UInt8]) {
    let tailStart = max(source.count - endSize - 0xFFFF, 0)
    let tail = try source.bytes(in: tailStart..<source.count)
    var position = tail.count - endSize
    while position >= 0 {
      let record = tail[position..<(position + endSize)]
      if record.starts(with: [0x50, 0x4B, 5, 6]) {
        let commentSize = Int(tail[position + 20]) | Int(tail[position + 21]) << 8
        if position + endSize + commentSize == tail.count { return (tailStart + position, Array(record)) }
      }
      position -= 1
    }
    throw source.malformed("a zip archive", found: "no directory at its end")
  }

  private static func entries(
    _ count: Int, in range: Range<Int>, _ source: some ByteSource
  ) throws(FileError) -> [ZipArchive.Entry] {
    guard count * entrySize <= range.count else {
      throw source.malformed("\(count) entries in the zip directory", found: "\(range.count) bytes")
    }
    let directory = try source.bytes(in: range)
    return try directory.withRawBytes { (bytes) throws(FileError) in
      var entries: [ZipArchive.Entry] = []
      var names: Set<String> = []
      var position = 0
      for _ in 0..<count {
        let entry = try entry(bytes, &position, source)
        guard names.insert(entry.name).inserted else {
          throw source.malformed("different names in the zip directory", found: "'\(entry.name)' twice")
        }
        entries.append(entry)
      }
      guard position == bytes.count else {
        throw source.malformed("\(count) entries in the zip directory", found: "\(bytes.count - position) bytes more")
      }
      return entries
    }
  }

  private static func entry(
    _ bytes: UnsafeRawBufferPointer, _ position: inout Int, _ source: some ByteSource
  ) throws(FileError) -> ZipArchive.Entry {
    let start = position
    func short(_ offset: Int) -> Int { Int(bytes.littleEndian(UInt16.self, at: start + offset)) }
    func long(_ offset: Int) -> Int { Int(bytes.littleEndian(UInt32.self, at: start + offset)) }

    guard bytes.count - start >= entrySize, long(0) == 0x0201_4B50 else {
      throw source.malformed("an entry of the zip directory", found: "other bytes")
    }
    let nameStart = start + entrySize
    position = nameStart + short(28) + short(30) + short(32)
    guard position <= bytes.count else {
      throw source.malformed("the zip directory's entries within it", found: "one that goes on")
    }
    let nameBytes = UnsafeRawBufferPointer(rebasing: bytes[nameStart..<(nameStart + short(28))])
    guard let name = String(validating: nameBytes, as: UTF8.self), !name.isEmpty else {
      throw source.malformed("a name in UTF-8 in the zip directory", found: "other bytes")
    }
    guard short(8) & 0b10_0000_0100_0001 == 0 else {
      throw source.malformed("'\(name)' not to be encrypted", found: "an encrypted entry")
    }
    guard let method = ZipArchive.Method(rawValue: UInt16(short(10))) else {
      throw source.malformed("'\(name)' to be stored or deflated", found: "method \(short(10))")
    }
    let (compressedSize, size, headerPosition) = (long(20), long(24), long(42))
    guard ![compressedSize, size, headerPosition].contains(0xFFFF_FFFF) else {
      throw source.malformed("'\(name)' to be smaller than 4 GiB", found: "an entry in the zip64 format")
    }
    guard method == .deflated || compressedSize == size else {
      throw source.malformed("\(size) bytes for the stored entry '\(name)'", found: "\(compressedSize)")
    }
    return ZipArchive.Entry(
      name: name, method: method, crc: UInt32(long(16)), compressedSize: compressedSize, size: size,
      position: headerPosition)
  }

  /// No two entries may share bytes: a small archive could stand for a huge one so.
  private static func checkOverlaps(
    _ entries: [ZipArchive.Entry], directoryStart: Int, _ source: some ByteSource
  ) throws(FileError) {
    var end = 0
    for entry in entries.sorted(by: { $0.position < $1.position }) {
      guard entry.position >= end else {
        throw source.malformed("'\(entry.name)' behind byte \(end)", found: "an overlap at \(entry.position)")
      }
      end = entry.position + ZipArchive.localHeaderSize + entry.name.utf8.count + entry.compressedSize
    }
    guard end <= directoryStart else {
      throw source.malformed("the zip entries to end before \(directoryStart)", found: "one that ends at \(end)")
    }
  }
}
