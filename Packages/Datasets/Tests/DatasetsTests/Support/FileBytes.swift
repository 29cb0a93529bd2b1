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
