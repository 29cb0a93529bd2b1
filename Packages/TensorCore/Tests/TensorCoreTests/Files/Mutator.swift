/// Breaks files in the ways that files break, and in those that find errors in readers: flipped bits, cut and doubled
/// pieces, extreme numbers. The same seed gives the same files.
struct Mutator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// SplitMix64 (Steele, Lea and Flood 2014).
  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }

  /// A number in `0..<bound`; 0 when there is none.
  mutating func number(below bound: Int) -> Int {
    bound > 0 ? Int(truncatingIfNeeded: next() % UInt64(bound)) : 0
  }

  /// The bytes with one to four things wrong.
  mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
    var result = bytes
    for _ in 0...number(below: 4) { change(&result) }
    return result
  }

  /// A place in the bytes; half of the time near the start, where headers are.
  private mutating func place(_ bytes: [UInt8]) -> Int {
    number(below: number(below: 2) == 0 ? bytes.count : min(bytes.count, 64))
  }

  private mutating func range(_ bytes: [UInt8]) -> Range<Int> {
    let start = place(bytes)
    let longest = number(below: 4) == 0 ? bytes.count - start : min(16, bytes.count - start)
    return start..<(start + number(below: longest + 1))
  }

  private mutating func change(_ bytes: inout [UInt8]) {
    guard !bytes.isEmpty else {
      bytes = [UInt8(number(below: 256))]
      return
    }
    switch number(below: 10) {
    case 0, 1: bytes[place(bytes)] ^= 1 << UInt8(number(below: 8))
    case 2: bytes[place(bytes)] = UInt8(number(below: 256))
    case 3: bytes[place(bytes)] = [0, 1, 0x7F, 0x80, 0xFF][number(below: 5)]
    case 4: overwriteNumber(&bytes)
    case 5, 6: changeDigit(&bytes)
    case 7: bytes.removeSubrange(range(bytes))
    case 8: bytes.insert(contentsOf: bytes[range(bytes)], at: place(bytes))
    default: bytes.removeLast(number(below: number(below: 2) == 0 ? bytes.count : min(bytes.count, 16)))
    }
  }

  /// Puts an extreme number of one to eight bytes, in either byte order, somewhere.
  private mutating func overwriteNumber(_ bytes: inout [UInt8]) {
    let numbers: [UInt64] = [
      0, 1, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 1 << 32, 1 << 62, .max >> 1, .max,
      next(),
    ]
    let value = numbers[number(below: numbers.count)]
    let size = 1 << number(below: 4)
    let start = place(bytes)
    let isBigEndian = number(below: 2) == 0
    for index in 0..<size where start + index < bytes.count {
      bytes[start + index] = UInt8(truncatingIfNeeded: value >> (8 * UInt64(isBigEndian ? size - 1 - index : index)))
    }
  }

  /// Changes a digit of a number written as text, or makes the number long.
  private mutating func changeDigit(_ bytes: inout [UInt8]) {
    let start = place(bytes)
    guard let digit = bytes[start...].firstIndex(where: { (48...57).contains($0) }) else { return }
    if number(below: 4) == 0 {
      bytes.insert(contentsOf: [UInt8](repeating: UInt8(48 + number(below: 10)), count: number(below: 20)), at: digit)
    } else {
      bytes[digit] = UInt8(48 + number(below: 10))
    }
  }
}
