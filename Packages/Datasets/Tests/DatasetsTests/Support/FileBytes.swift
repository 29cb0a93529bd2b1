import TensorCore

/// An IDX file of unsigned bytes, written by its description.
func idxBytes(_ sizes: [UInt32], _ values: [UInt8]) -> [UInt8] {
  [0, 0, 8, UInt8(sizes.count)] + sizes.flatMap(bigEndian) + values
}

/// A gzip file of stored blocks of at most `block` bytes, which any decoder must read.
func gzipBytes(_ content: [UInt8], block: Int = 1000) -> [UInt8] {
  var bytes: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
  for start in stride(from: 0, to: content.count, by: block) {
    let part = content[start..<min(start + block, content.count)]
    let count = UInt16(part.count)
    bytes += [start + block >= content.count ? 1 : 0]
    bytes += [UInt8(truncatingIfNeeded: count), UInt8(count >> 8)]
    bytes += [UInt8(truncatingIfNeeded: ~count), UInt8(~count >> 8)]
    bytes += part
  }
  let trailer = bigEndian(CRC32.checksum(content)).reversed() + bigEndian(UInt32(content.count)).reversed()
  return bytes + trailer
}

/// A zip archive of files that are stored as they are.
func zipBytes(_ files: [(name: String, content: [UInt8])]) -> [UInt8] {
  func short(_ value: Int) -> [UInt8] { [UInt8(value & 0xFF), UInt8(value >> 8)] }
  func long(_ value: Int) -> [UInt8] { bigEndian(UInt32(value)).reversed() }
  var (bytes, directory): ([UInt8], [UInt8]) = ([], [])
  for file in files {
    let name = Array(file.name.utf8)
    let facts =
      short(20) + short(0) + short(0) + long(0) + bigEndian(CRC32.checksum(file.content)).reversed()
      + long(file.content.count) + long(file.content.count) + short(name.count) + short(0)
    directory += [0x50, 0x4B, 1, 2] + short(20) + facts + [UInt8](repeating: 0, count: 10) + long(bytes.count) + name
    bytes += [0x50, 0x4B, 3, 4] + facts + name + file.content
  }
  return bytes + directory + [0x50, 0x4B, 5, 6] + short(0) + short(0) + short(files.count) + short(files.count)
    + long(directory.count) + long(bytes.count) + short(0)
}

func bigEndian(_ value: UInt32) -> [UInt8] {
  [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
}

/// Changes some bytes: replaced, cut, doubled, inserted, or set to a value that hurts.
func mutated(_ bytes: [UInt8], using random: inout some RandomNumberGenerator) -> [UInt8] {
  var bytes = bytes
  for _ in 0..<Int.random(in: 1...4, using: &random) {
    guard !bytes.isEmpty else { return bytes }
    let place = Int.random(in: 0..<bytes.count, using: &random)
    switch Int.random(in: 0..<6, using: &random) {
    case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
    case 1: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 2: bytes.removeSubrange(place...)
    case 3: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
    case 4: bytes.append(contentsOf: bytes[place...].prefix(64))
    default: bytes[min(place, Int.random(in: 0..<20, using: &random))] = Bool.random(using: &random) ? 255 : 0
    }
  }
  return bytes
}
