import TensorCore

/// What the header of a scan says: whose waves follow, and which of them.
struct JPEGScan {
  /// Indices into the frame's components.
  let components: [Int]
  /// For each of them, the number of the Huffman table of its mean values and of its waves.
  let dcTables: [Int]
  let acTables: [Int]
  /// The waves, by their number in zig-zag order.
  let first: Int
  let last: Int
  /// The bit that is being refined plus one, 0 in a first scan, and the lowest bit of this scan.
  let high: Int
  let low: Int

  init(_ content: UnsafeBufferPointer<UInt8>, _ frame: JPEGFrame, name: String) throws(FileError) {
    func broken(_ expected: String, _ found: String) -> FileError {
      .malformed(file: name, expected: expected, found: found)
    }
    let count = Int(content.first ?? 0)
    guard (1...4).contains(count), content.count == 4 + 2 * count else {
      throw broken("a scan header of 1 to 4 components", "\(content.count) bytes for \(count)")
    }
    var components: [Int] = []
    for place in 0..<count {
      let identifier = content[1 + 2 * place]
      guard let index = frame.components.firstIndex(where: { $0.identifier == identifier }), !components.contains(index)
      else { throw broken("different components of the frame in a scan", "component \(identifier)") }
      components.append(index)
      guard content[2 + 2 * place] >> 4 < 4, content[2 + 2 * place] & 15 < 4 else {
        throw broken("Huffman tables numbered 0...3", "\(content[2 + 2 * place])")
      }
    }
    self.components = components
    dcTables = (0..<count).map { Int(content[2 + 2 * $0] >> 4) }
    acTables = (0..<count).map { Int(content[2 + 2 * $0] & 15) }
    let blocks = components.reduce(0) { $0 + frame.components[$1].horizontal * frame.components[$1].vertical }
    guard count == 1 || blocks <= 10 else { throw broken("at most 10 blocks in a group", "\(blocks)") }
    guard frame.isProgressive else {
      // Old encoders write other numbers here, which mean nothing.
      (first, last, high, low) = (0, 63, 0, 0)
      return
    }
    (first, last) = (Int(content[1 + 2 * count]), Int(content[2 + 2 * count]))
    (high, low) = (Int(content[3 + 2 * count] >> 4), Int(content[3 + 2 * count] & 15))
    let isSound = first == 0 ? last == 0 : count == 1 && first <= last && last <= 63
    guard isSound, low <= 13, high == 0 || high == low + 1 else {
      throw broken(
        "a progressive scan's waves and bits", "\(first)...\(last) of \(count) components, bits \(high), \(low)")
    }
    guard components.allSatisfy({ (first == 0 && high == 0) != frame.hasMean($0) }) else {
      throw broken("a first scan of the mean values before all others", "another order")
    }
  }
}
