/// Writes deflate streams by hand: numbers least significant bit first, codes most significant bit first.
struct BitWriter {
  private(set) var bytes: [UInt8] = []
  private var free = 0

  mutating func write(_ value: Int, bits: Int) {
    for bit in 0..<bits { write(bit: value >> bit & 1) }
  }

  mutating func write(code: Int, bits: Int) {
    for bit in (0..<bits).reversed() { write(bit: code >> bit & 1) }
  }

  mutating func align() { free = 0 }

  private mutating func write(bit: Int) {
    if free == 0 {
      bytes.append(0)
      free = 8
    }
    bytes[bytes.count - 1] |= UInt8(bit << (8 - free))
    free -= 1
  }

  /// A literal or length symbol in the fixed code of RFC 1951 section 3.2.6.
  mutating func write(fixedSymbol symbol: Int) {
    switch symbol {
    case ..<144: write(code: 0x30 + symbol, bits: 8)
    case ..<256: write(code: 0x190 + symbol - 144, bits: 9)
    case ..<280: write(code: symbol - 256, bits: 7)
    default: write(code: 0xC0 + symbol - 280, bits: 8)
    }
  }

  /// The header of a dynamic block whose code lengths are given: each is written as it is, in a code of 4 bits for 0…15.
  mutating func writeDynamicHeader(literalLengths: [Int], distanceLengths: [Int], isLast: Bool = true) {
    write(isLast ? 1 : 0, bits: 1)
    write(2, bits: 2)
    write(literalLengths.count - 257, bits: 5)
    write(distanceLengths.count - 1, bits: 5)
    write(19 - 4, bits: 4)
    for symbol in [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15] {
      write(symbol < 16 ? 4 : 0, bits: 3)
    }
    for length in literalLengths + distanceLengths { write(code: length, bits: 4) }
  }
}

/// The canonical codes of RFC 1951 section 3.2.2 for the given lengths.
func canonicalCodes(_ lengths: [Int]) -> [Int] {
  var codes = [Int](repeating: 0, count: lengths.count)
  var code = 0
  for length in 1...15 {
    for symbol in lengths.indices where lengths[symbol] == length {
      codes[symbol] = code
      code += 1
    }
    code <<= 1
  }
  return codes
}
