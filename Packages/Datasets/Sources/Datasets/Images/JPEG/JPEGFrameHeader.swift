import TensorCore

/// What the segment at the beginning of a frame says.
struct JPEGFrameHeader {
  struct Entry {
    let identifier: UInt8
    let horizontal: Int
    let vertical: Int
    let quantization: Int
  }

  let size: ImageSize
  let entries: [Entry]

  /// The largest sampling factors.
  var maximum: (horizontal: Int, vertical: Int) {
    entries.reduce((1, 1)) { (max($0.0, $1.horizontal), max($0.1, $1.vertical)) }
  }

  init(_ content: UnsafeBufferPointer<UInt8>, name: String) throws(FileError) {
    func broken(_ expected: String, _ found: String) -> FileError {
      .malformed(file: name, expected: expected, found: found)
    }
    guard content.count >= 6 else { throw broken("a frame of at least 6 bytes", "\(content.count)") }
    guard content[0] == 8 else { throw broken("8 bits a sample", "\(content[0])") }
    size = try ImageLimits.size(height: content.bigEndian16(at: 1), width: content.bigEndian16(at: 3), name: name)
    let count = Int(content[5])
    guard count == 1 || count == 3 || count == 4 else { throw broken("1, 3 or 4 components", "\(count)") }
    guard content.count == 6 + 3 * count else { throw broken("\(6 + 3 * count) bytes of frame", "\(content.count)") }
    var entries: [Entry] = []
    for place in stride(from: 6, to: content.count, by: 3) {
      let (across, down) = (Int(content[place + 1] >> 4), Int(content[place + 1] & 15))
      guard (1...4).contains(across), (1...4).contains(down) else {
        throw broken("sampling factors in 1...4", "\(across) and \(down)")
      }
      guard content[place + 2] < 4 else { throw broken("a quantisation table in 0...3", "\(content[place + 2])") }
      entries.append(
        Entry(identifier: content[place], horizontal: across, vertical: down, quantization: Int(content[place + 2])))
    }
    self.entries = entries
    let (across, down) = maximum
    guard entries.allSatisfy({ across % $0.horizontal == 0 && down % $0.vertical == 0 }) else {
      throw broken(
        "sampling factors that divide the largest", "\(entries.map(\.horizontal)) and \(entries.map(\.vertical))")
    }
  }
}
