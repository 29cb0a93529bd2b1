/// Decodes one deflate stream after another, appending to one output.
///
/// The output array is kept longer than what is decoded, by `room` at least, so that the inner loop checks
/// its end once per round; `takeOutput()` cuts it.
struct Inflater {
  private let bytes: UnsafeRawBufferPointer
  let limit: Int
  let name: String
  var reader: BitReader
  var output: [UInt8] = []
  /// How much of the output is decoded.
  var count = 0
  /// Where the current stream's output begins; matches reach no further back.
  private(set) var start = 0
  /// The position in the input after the last stream that was decoded.
  private(set) var end: Int

  /// A decoder of the streams in `bytes`, the first at `position`.
  ///
  /// `sizeHint` is how many bytes the result is said to have; a wrong hint costs memory and time only.
  init(_ bytes: UnsafeRawBufferPointer, from position: Int, limit: Int, name: String, sizeHint: Int = 0) {
    self.bytes = bytes
    self.limit = max(limit, 0)
    self.name = name
    reader = BitReader(bytes, from: position)
    end = position
    let (possible, overflow) = bytes.count.multipliedReportingOverflow(by: Deflate.largestRatio)
    grow(to: min(max(sizeHint, bytes.count), overflow ? .max : possible))
  }

  /// Decodes the stream at `position`, where the one before ended or later.
  mutating func run(at position: Int? = nil) throws(FileError) {
    reader = BitReader(bytes, from: position ?? end)
    start = count
    var isLast = false
    while !isLast {
      reader.refill()
      isLast = reader.take(1) == 1
      let type = reader.take(2)
      guard reader.available >= 0 else { throw cut() }
      switch type {
      case 0: try copyStored()
      case 1: try decode(Self.fixedLiterals, Self.fixedDistances)
      case 2: try decodeDynamic()
      default: throw broken("a block of type 0, 1 or 2", found: "type 3")
      }
    }
    guard let next = reader.alignToByte() else { throw cut() }
    end = next
  }

  /// All that was decoded, without a copy; leaves the decoder empty.
  mutating func takeOutput() -> [UInt8] {
    var result: [UInt8] = []
    swap(&result, &output)
    result.removeLast(result.count - count)
    count = 0
    return result
  }

  /// Calls `body` with what the last stream decoded to.
  func withLastStream<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    output.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[start..<count])) }
  }

  func broken(_ expected: String, found: String) -> FileError {
    .malformed(file: name, expected: expected, found: found)
  }

  func cut() -> FileError {
    broken("a complete deflate stream", found: "its end after \(bytes.count) bytes")
  }

  /// Makes room for `size` bytes, but never beyond the limit, plus `room`.
  mutating func grow(to size: Int) {
    let (room, overflow) = min(size, limit).addingReportingOverflow(Self.room)
    let missing = (overflow ? size : room) - output.count
    if missing > 0 { output.append(contentsOf: repeatElement(0, count: missing)) }
  }
}

// MARK: Blocks

extension Inflater {
  private mutating func copyStored() throws(FileError) {
    guard let header = reader.alignToByte(), header + 4 <= bytes.count else { throw cut() }
    let size = Int(UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: header, as: UInt16.self)))
    let check = Int(UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: header + 2, as: UInt16.self)))
    guard size ^ check == 0xFFFF else {
      throw broken("a stored block's size followed by its complement", found: "\(size) and \(check)")
    }
    let content = header + 4
    guard size <= bytes.count - content else { throw cut() }
    guard size <= limit - count else { throw .tooLarge(file: name, limit: limit) }
    if count + size > output.count { grow(to: max(count + size, 2 * output.count)) }
    output.withUnsafeMutableBytes {
      UnsafeMutableRawBufferPointer(rebasing: $0[count..<(count + size)])
        .copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[content..<(content + size)]))
    }
    count += size
    reader.move(to: content + size)
  }

  private mutating func decodeDynamic() throws(FileError) {
    reader.refill()
    let literalCount = reader.take(5) + 257
    let distanceCount = reader.take(5) + 1
    let lengthCount = reader.take(4) + 4
    guard literalCount <= 286, distanceCount <= 30 else {
      throw broken(
        "at most 286 literal and 30 distance codes", found: "\(literalCount) and \(distanceCount)")
    }
    var lengthLengths = [UInt8](repeating: 0, count: 19)
    for index in 0..<lengthCount {
      reader.refill()
      lengthLengths[Self.lengthOrder[index]] = UInt8(reader.take(3))
    }
    guard reader.available >= 0 else { throw cut() }
    guard let lengthTable = HuffmanTable(lengths: lengthLengths, rule: .complete) else {
      throw broken("a complete code for code lengths", found: "the lengths \(lengthLengths)")
    }
    let lengths = try codeLengths(count: literalCount + distanceCount, lengthTable)
    guard lengths[256] > 0 else { throw broken("a code for the end of the block", found: "none") }
    guard let literals = HuffmanTable(lengths: lengths[..<literalCount], rule: .completeOrSingle),
      let distances = HuffmanTable(lengths: lengths[literalCount...], rule: .completeSingleOrEmpty)
    else { throw broken("a complete prefix code", found: "code lengths that make none") }
    try decode(literals, distances)
  }

  /// The lengths of the literal and the distance codes, which are themselves coded (RFC 1951 section 3.2.7).
  private mutating func codeLengths(count: Int, _ table: HuffmanTable) throws(FileError) -> [UInt8] {
    var lengths: [UInt8] = []
    lengths.reserveCapacity(count)
    while lengths.count < count {
      reader.refill()
      // These codes have at most seven bits, which the fast table covers.
      let entry = table.fast[Int(reader.bits & 0x3FF)]
      reader.skip(Int(entry >> 9))
      let symbol = UInt8(truncatingIfNeeded: entry & 0x1FF)
      guard symbol >= 16 else {
        lengths.append(symbol)
        continue
      }
      guard symbol > 16 || !lengths.isEmpty else { throw broken("a length to repeat", found: "no length before it") }
      let value = symbol == 16 ? lengths[lengths.count - 1] : 0
      let times = symbol == 16 ? 3 + reader.take(2) : symbol == 17 ? 3 + reader.take(3) : 11 + reader.take(7)
      guard times <= count - lengths.count else {
        throw broken("\(count) code lengths", found: "\(lengths.count + times)")
      }
      lengths.append(contentsOf: repeatElement(value, count: times))
    }
    guard reader.available >= 0 else { throw cut() }
    return lengths
  }

  /// The order in which the lengths of the length codes are stored.
  private static let lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

  private static let fixedLiterals = fixedTable(
    [UInt8](repeating: 8, count: 144) + [UInt8](repeating: 9, count: 112) + [UInt8](repeating: 7, count: 24)
      + [UInt8](repeating: 8, count: 8))
  private static let fixedDistances = fixedTable([UInt8](repeating: 5, count: 32))

  private static func fixedTable(_ lengths: [UInt8]) -> HuffmanTable {
    guard let table = HuffmanTable(lengths: lengths, rule: .complete) else {
      stop("inflate", "the code lengths of RFC 1951 section 3.2.6 make no complete code")
    }
    return table
  }
}
