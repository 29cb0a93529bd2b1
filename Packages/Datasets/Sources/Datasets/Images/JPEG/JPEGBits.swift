/// The bits of a scan, the highest of each byte first, without the zeros that follow each byte of ones.
///
/// At a marker, or the end of the file, zeros follow; `isOverrun` says whether any of these was taken.
struct JPEGBits {
  /// The next byte to be loaded.
  private(set) var position: UnsafePointer<UInt8>
  private let end: UnsafePointer<UInt8>
  /// The next bits, from the highest place on.
  private var bits: UInt64 = 0
  /// How many of them are loaded.
  private var count = 0
  /// How many zeros were put after the last real bit.
  private var padding = 0

  init(from start: UnsafePointer<UInt8>, to end: UnsafePointer<UInt8>) {
    position = start
    self.end = end
  }

  /// Whether bits were taken that are not there.
  var isOverrun: Bool { count < padding }

  /// Loads when there are fewer than `number` bits.
  @inline(__always)
  mutating func refill(for number: Int) {
    if count < number { refill() }
  }

  /// Loads so that 56 bits at least are there.
  @inline(__always)
  mutating func refill() {
    if end - position >= 8 {
      let word = UInt64(bigEndian: UnsafeRawPointer(position).loadUnaligned(as: UInt64.self))
      // No byte of ones among the eight: none of the complement is 0.
      if (~word &- 0x0101_0101_0101_0101) & word & 0x8080_8080_8080_8080 == 0 {
        bits |= word &>> UInt64(truncatingIfNeeded: count)
        position += (63 &- count) &>> 3
        count |= 56
        return
      }
    }
    refillByByte()
  }

  @inline(never)
  private mutating func refillByByte() {
    // 63 bits at most: a shift by 64 is none.
    while count < 56 {
      var byte: UInt8 = 0
      if position < end, position[0] != 0xFF {
        byte = position[0]
        position += 1
      } else if end - position >= 2, position[1] == 0 {
        byte = 0xFF
        position += 2
      } else {
        padding += 8
      }
      bits |= UInt64(byte) << UInt64(56 - count)
      count += 8
    }
  }

  /// The next bits, 1 to 32 of them, without taking them.
  @inline(__always)
  func peek(_ number: Int) -> Int { Int(truncatingIfNeeded: bits &>> UInt64(truncatingIfNeeded: 64 &- number)) }

  @inline(__always)
  mutating func skip(_ number: Int) {
    bits = bits &<< UInt64(truncatingIfNeeded: number)
    count &-= number
  }

  /// Takes 1 to 16 bits.
  @inline(__always)
  mutating func take(_ number: Int) -> Int {
    let value = peek(number)
    skip(number)
    return value
  }

  /// Takes `number` bits, 0 to 15, as a difference: the upper half of the range stands for itself, the lower for
  /// negative numbers (T.81 figure F.12).
  @inline(__always)
  mutating func difference(_ number: Int) -> Int {
    guard number > 0 else { return 0 }
    let value = take(number)
    return value < 1 &<< (number &- 1) ? value &- (1 &<< number) &+ 1 : value
  }

  /// Goes to the next restart marker; false when the next marker is not the one numbered `number`.
  mutating func restart(_ number: Int) -> Bool {
    while end - position >= 2 {
      if position[0] == 0xFF, position[1] != 0, position[1] != 0xFF {
        guard position[1] == 0xD0 + UInt8(number) else { return false }
        position += 2
        (bits, count, padding) = (0, 0, 0)
        return true
      }
      position += 1
    }
    return false
  }
}
