/// The bits of a deflate stream, least significant bit of each byte first. Never reads past the end: bits after it read
/// as zero and make `available` negative once they are used, which the caller checks per symbol.
struct BitReader {
  private let bytes: UnsafeRawBufferPointer
  /// The next byte to load.
  private var position: Int
  /// Loaded bits, the next one lowest.
  private(set) var bits: UInt64 = 0
  /// How many of them are valid; negative when more were used than the stream has.
  private(set) var available = 0

  init(_ bytes: UnsafeRawBufferPointer, from position: Int) {
    self.bytes = bytes
    self.position = position
  }

  /// Loads at least 56 bits, or all that are left.
  @inline(__always)
  mutating func refill() {
    if position + 8 <= bytes.count, available >= 0 {
      // Bits above `available` may be loaded already; the same ones are put in their place again.
      let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
      bits |= word &<< UInt64(truncatingIfNeeded: available)
      position &+= (63 &- available) &>> 3
      available |= 56
    } else {
      refillAtEnd()
    }
  }

  private mutating func refillAtEnd() {
    while available >= 0, available <= 55, position < bytes.count {
      bits |= UInt64(bytes[position]) << UInt64(available)
      position += 1
      available += 8
    }
  }

  /// Passes over `count` bits.
  @inline(__always)
  mutating func skip(_ count: Int) {
    bits = bits &>> UInt64(truncatingIfNeeded: count)
    available &-= count
  }

  /// The next `count` bits, at most 32, which must be loaded.
  @inline(__always)
  mutating func take(_ count: Int) -> Int {
    let value = Int(truncatingIfNeeded: bits & ((1 &<< UInt64(truncatingIfNeeded: count)) &- 1))
    skip(count)
    return value
  }

  /// Passes over the rest of the current byte and returns the position of the next one; nil past the end.
  mutating func alignToByte() -> Int? {
    guard available >= 0 else { return nil }
    let next = position - available / 8
    bits = 0
    available = 0
    position = next
    return next
  }

  /// Goes on at the byte `newPosition`, after `alignToByte()`.
  mutating func move(to newPosition: Int) {
    position = newPosition
  }
}
