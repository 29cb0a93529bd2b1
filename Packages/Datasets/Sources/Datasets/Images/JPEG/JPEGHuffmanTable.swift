/// A Huffman code of T.81 with tables that decode a code of up to 11 bits by one look.
///
/// A class that owns its memory, so that inner loops read it without counting references.
final class JPEGHuffmanTable {
  static let fastBits = 11
  /// By the next 11 bits: the code's length times 256 plus its symbol; 0 when it is longer.
  private let fast: UnsafeMutablePointer<UInt16>
  /// By the next 11 bits, when they hold a code and the value after it: value times 65,536 plus run times 256 plus the
  /// bits of both; 0 when they do not.
  private let fastWaves: UnsafeMutablePointer<Int32>
  /// For each length: one more than its last code, filled up to 16 bits with ones' end; and what a code lacks to be the
  /// index of its symbol.
  private let limits: UnsafeMutablePointer<Int>
  private let offsets: UnsafeMutablePointer<Int>
  private let symbols: UnsafeMutablePointer<UInt8>

  /// The code that has `counts[k]` codes of `k + 1` bits; nil when there are more than fit.
  init?(counts: [Int], symbols given: [UInt8]) {
    fast = .allocate(capacity: 1 << Self.fastBits)
    fast.initialize(repeating: 0, count: 1 << Self.fastBits)
    fastWaves = .allocate(capacity: 1 << Self.fastBits)
    fastWaves.initialize(repeating: 0, count: 1 << Self.fastBits)
    limits = .allocate(capacity: 18)
    limits.initialize(repeating: 0, count: 18)
    offsets = .allocate(capacity: 18)
    offsets.initialize(repeating: 0, count: 18)
    symbols = .allocate(capacity: 256)
    symbols.initialize(repeating: 0, count: 256)
    for (index, symbol) in given.enumerated() { symbols[index] = symbol }
    var code = 0
    var index = 0
    for length in 1...16 {
      offsets[length] = index - code
      guard code + counts[length - 1] <= 1 << length else { return nil }
      for _ in 0..<counts[length - 1] {
        if length <= Self.fastBits { fill(code, length, given[index]) }
        code += 1
        index += 1
      }
      limits[length] = code << (16 - length)
      code <<= 1
    }
    fillWaves()
  }

  deinit {
    fast.deallocate()
    fastWaves.deallocate()
    limits.deallocate()
    offsets.deallocate()
    symbols.deallocate()
  }

  private func fill(_ code: Int, _ length: Int, _ symbol: UInt8) {
    let rest = Self.fastBits - length
    for filler in 0..<(1 << rest) { fast[code << rest + filler] = UInt16(length) << 8 | UInt16(symbol) }
  }

  private func fillWaves() {
    for bits in 0..<(1 << Self.fastBits) where fast[bits] != 0 {
      let length = Int(fast[bits] >> 8)
      let (run, size) = (Int(fast[bits] >> 4 & 15), Int(fast[bits] & 15))
      guard size > 0, length + size <= Self.fastBits else { continue }
      let raw = bits >> (Self.fastBits - length - size) & (1 << size - 1)
      let value = raw < 1 << (size - 1) ? raw - (1 << size) + 1 : raw
      fastWaves[bits] = Int32(value * 65_536 + run * 256 + length + size)
    }
  }

  /// The tables as inner loops use them, valid as long as this object lives.
  var lookup: Lookup {
    Lookup(
      fast: UnsafePointer(fast), fastWaves: UnsafePointer(fastWaves), limits: UnsafePointer(limits),
      offsets: UnsafePointer(offsets), symbols: UnsafePointer(symbols))
  }

  struct Lookup {
    let fast: UnsafePointer<UInt16>
    let fastWaves: UnsafePointer<Int32>
    fileprivate let limits: UnsafePointer<Int>
    fileprivate let offsets: UnsafePointer<Int>
    fileprivate let symbols: UnsafePointer<UInt8>

    /// Takes a code of at most 16 bits, which must be loaded; -1 when the bits begin none.
    @inline(__always)
    func symbol(_ bits: inout JPEGBits) -> Int {
      let entry = fast[bits.peek(JPEGHuffmanTable.fastBits)]
      guard entry == 0 else {
        bits.skip(Int(entry &>> 8))
        return Int(entry & 255)
      }
      return longSymbol(&bits)
    }

    @inline(never)
    private func longSymbol(_ bits: inout JPEGBits) -> Int {
      let next = bits.peek(16)
      for length in JPEGHuffmanTable.fastBits + 1...16 where next < limits[length] {
        bits.skip(length)
        return Int(symbols[(next >> (16 - length) + offsets[length]) & 255])
      }
      return -1
    }
  }
}
