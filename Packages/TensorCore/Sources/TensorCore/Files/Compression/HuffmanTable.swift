/// A prefix code of deflate (RFC 1951 section 3.2.2), ready for decoding.
///
/// Codes of up to ten bits, nearly all in practice, take one look-up; longer ones are found by comparing with
/// the first code of each length.
struct HuffmanTable {
  /// Which sets of code lengths are accepted. Over-subscribed ones never are.
  enum Rule {
    /// Every sequence of bits must begin with a code.
    case complete
    /// Also a single code of one bit.
    case completeOrSingle
    /// Also a single code of one bit, or none at all: distances of a block that repeats nothing.
    case completeSingleOrEmpty
  }

  static let fastBits = 10
  static let longest = 15

  /// By the next ten bits: `symbol | length << 9`, or 0 when the code is longer or there is none.
  let fast: [UInt16]
  /// By length: the first 16-bit value, most significant bit first, above all codes of up to that length.
  private let limits: [Int]
  /// By length: what to add to a code of that length to get its place in `symbols`.
  private let offsets: [Int]
  /// The symbols, by code.
  private let symbols: [UInt16]

  /// The code with the given length per symbol, 0 for symbols without a code; nil if the rule refuses it.
  init?(lengths: some Collection<UInt8>, rule: Rule) {
    var counts = [Int](repeating: 0, count: Self.longest + 1)
    for length in lengths { counts[Int(length)] += 1 }
    let used = lengths.count - counts[0]
    counts[0] = 0
    guard Self.accepts(counts, used: used, rule) else { return nil }

    var nextCode = [Int](repeating: 0, count: Self.longest + 2)
    var firstPlace = nextCode
    var limits = [Int](repeating: 0, count: Self.longest + 1)
    var offsets = limits
    for length in 1...Self.longest {
      let end = nextCode[length] + counts[length]
      limits[length] = end << (16 - length)
      offsets[length] = firstPlace[length] - nextCode[length]
      nextCode[length + 1] = end << 1
      firstPlace[length + 1] = firstPlace[length] + counts[length]
    }

    var fast = [UInt16](repeating: 0, count: 1 << Self.fastBits)
    var symbols = [UInt16](repeating: 0, count: used)
    for (symbol, length) in lengths.enumerated() where length > 0 {
      let length = Int(length)
      let code = nextCode[length]
      nextCode[length] += 1
      symbols[code + offsets[length]] = UInt16(symbol)
      guard length <= Self.fastBits else { continue }
      let entry = UInt16(symbol) | UInt16(length) << 9
      for index in stride(from: Self.reversed(code, bits: length), to: fast.count, by: 1 << length) {
        fast[index] = entry
      }
    }
    (self.fast, self.limits, self.offsets, self.symbols) = (fast, limits, offsets, symbols)
  }

  /// Whether the rule accepts codes of which `counts[n]` are `n` bits long.
  private static func accepts(_ counts: [Int], used: Int, _ rule: Rule) -> Bool {
    var left = 1
    for length in 1...longest {
      left = left * 2 - counts[length]
      guard left >= 0 else { return false }
    }
    guard left > 0 else { return true }
    switch rule {
    case .complete: return false
    case .completeOrSingle: return used == 1 && counts[1] == 1
    case .completeSingleOrEmpty: return used == 0 || used == 1 && counts[1] == 1
    }
  }

  private static func reversed(_ code: Int, bits: Int) -> Int {
    Int(UInt16(truncatingIfNeeded: code).bitReversed >> UInt16(16 - bits))
  }

  /// The symbol and length of the longer code with which `bits` begins; nil if there is none.
  func slowLookup(_ bits: UInt64) -> (symbol: Int, length: Int)? {
    let code = Int(UInt16(truncatingIfNeeded: bits).bitReversed)
    for length in 1...Self.longest where code < limits[length] {
      return (Int(symbols[code >> (16 - length) + offsets[length]]), length)
    }
    return nil
  }
}

extension UInt16 {
  /// The same bits in the opposite order.
  fileprivate var bitReversed: UInt16 {
    var value = self
    value = (value & 0x5555) << 1 | (value >> 1) & 0x5555
    value = (value & 0x3333) << 2 | (value >> 2) & 0x3333
    value = (value & 0x0F0F) << 4 | (value >> 4) & 0x0F0F
    return value.byteSwapped
  }
}
