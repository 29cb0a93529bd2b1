import TensorCore

/// Goes through the segments of a file and decodes its scans.
struct JPEGReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  let name: String
  private var position = 2
  private var quantization = [[Int32]?](repeating: nil, count: 4)
  private var dcTables = [JPEGHuffmanTable?](repeating: nil, count: 4)
  private var acTables = [JPEGHuffmanTable?](repeating: nil, count: 4)
  private var restartInterval = 0
  private var scanCount = 0
  private var frame: JPEGFrame?
  private(set) var colors = JPEGColors()

  init(_ bytes: UnsafeBufferPointer<UInt8>, name: String) {
    self.bytes = bytes
    self.name = name
  }

  /// Reads up to the end of the image.
  mutating func read() throws(FileError) -> JPEGFrame {
    while true {
      guard let marker = nextMarker() else {
        guard let frame, !frame.isProgressive, frame.isComplete else { throw cut() }
        return frame
      }
      switch marker {
      case 0xD8: throw malformed("one beginning of an image", "another at byte \(position)")
      case 0xD9: return try finished()
      case 0x01, 0xD0...0xD7: continue
      default:
        let content = try segment()
        try read(marker, content)
      }
    }
  }

  private func finished() throws(FileError) -> JPEGFrame {
    guard let frame else { throw malformed("a frame before the end of the image", "none") }
    guard frame.isComplete else { throw malformed("a scan of every component", "some without one") }
    return frame
  }

  /// The next marker's number; nil at the end of the file. Bytes before it are passed over.
  private mutating func nextMarker() -> UInt8? {
    while position + 1 < bytes.count {
      if bytes[position] == 0xFF, bytes[position + 1] != 0, bytes[position + 1] != 0xFF {
        position += 2
        return bytes[position - 1]
      }
      position += 1
    }
    position = bytes.count
    return nil
  }

  /// The content of the segment that begins here with its length.
  private mutating func segment() throws(FileError) -> UnsafeBufferPointer<UInt8> {
    guard bytes.count - position >= 2 else { throw cut() }
    let count = bytes.bigEndian16(at: position)
    guard count >= 2 else { throw malformed("a segment of at least 2 bytes at byte \(position)", "\(count)") }
    guard count <= bytes.count - position else { throw cut() }
    defer { position += count }
    return UnsafeBufferPointer(rebasing: bytes[(position + 2)..<(position + count)])
  }

  private mutating func read(_ marker: UInt8, _ content: UnsafeBufferPointer<UInt8>) throws(FileError) {
    switch marker {
    case 0xC0, 0xC1, 0xC2:
      guard frame == nil else { throw malformed("one frame", "a second one") }
      let header = try JPEGFrameHeader(content, name: name)
      frame = try JPEGFrame(header, isProgressive: marker == 0xC2, fileSize: bytes.count, name: name)
    case 0xC4: try readHuffmanTables(content)
    case 0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF, 0xCC:
      throw malformed(
        "a sequential or progressive JPEG with Huffman codes",
        "frame type \(String(marker, radix: 16, uppercase: true))")
    case 0xDA: try readScan(content)
    case 0xDB: try readQuantization(content)
    case 0xDC: throw malformed("the image's height in its frame", "a DNL segment")
    case 0xDD:
      guard content.count == 2 else { throw malformed("2 bytes of restart interval", "\(content.count)") }
      restartInterval = content.bigEndian16(at: 0)
    case 0xE0 where content.starts(with: "JFIF\0".utf8): colors.isJFIF = true
    case 0xEE where content.count >= 12 && content.starts(with: "Adobe".utf8): colors.adobeTransform = content[11]
    default: break
    }
  }

  func malformed(_ expected: String, _ found: String) -> FileError {
    .malformed(file: name, expected: expected, found: found)
  }

  private func cut() -> FileError {
    malformed("a complete JPEG image", "its end after \(bytes.count) bytes")
  }
}

// MARK: Tables

extension JPEGReader {
  private mutating func readQuantization(_ content: UnsafeBufferPointer<UInt8>) throws(FileError) {
    var place = 0
    while place < content.count {
      let isWide = content[place] >> 4 != 0
      let number = Int(content[place] & 15)
      let size = isWide ? 128 : 64
      guard content[place] >> 4 <= 1, number < 4 else {
        throw malformed("a quantisation table of 8 or 16 bits numbered 0...3", "\(content[place])")
      }
      guard content.count - place > size else {
        throw malformed("\(size) bytes of quantisation table", "\(content.count - place - 1)")
      }
      var table = [Int32](repeating: 0, count: 64)
      for index in 0..<64 {
        let at = place + 1 + (isWide ? 2 * index : index)
        table[Int(jpegZigZag[index])] = Int32(isWide ? content.bigEndian16(at: at) : Int(content[at]))
      }
      quantization[number] = table
      place += 1 + size
    }
  }

  private mutating func readHuffmanTables(_ content: UnsafeBufferPointer<UInt8>) throws(FileError) {
    var place = 0
    while place < content.count {
      guard content.count - place >= 17 else {
        throw malformed("17 bytes at the beginning of a Huffman table", "\(content.count - place)")
      }
      let kind = content[place]
      guard kind >> 4 <= 1, kind & 15 < 4 else {
        throw malformed("a Huffman table of class 0 or 1 numbered 0...3", "\(kind)")
      }
      let counts = content[(place + 1)..<(place + 17)].map(Int.init)
      let total = counts.reduce(0, +)
      guard total <= 256, content.count - place - 17 >= total else {
        throw malformed("\(total) symbols of a Huffman table, at most 256", "\(content.count - place - 17) bytes")
      }
      let symbols = Array(content[(place + 17)..<(place + 17 + total)])
      guard let table = JPEGHuffmanTable(counts: counts, symbols: symbols) else {
        throw malformed("a Huffman code", "the lengths \(counts), which make none")
      }
      if kind >> 4 == 0 {
        guard symbols.allSatisfy({ $0 <= 15 }) else { throw malformed("categories in 0...15", "larger ones") }
        dcTables[Int(kind & 15)] = table
      } else {
        acTables[Int(kind & 15)] = table
      }
      place += 17 + total
    }
  }
}

// MARK: Scans

extension JPEGReader {
  private mutating func readScan(_ content: UnsafeBufferPointer<UInt8>) throws(FileError) {
    guard let frame else { throw malformed("a frame before the first scan", "none") }
    // A scan of few bytes can go through all blocks: without a limit a small file could take hours.
    scanCount += 1
    guard scanCount <= 100 else { throw malformed("at most 100 scans", "more") }
    let scan = try JPEGScan(content, frame, name: name)
    for (place, index) in scan.components.enumerated() {
      let number = frame.components[index].quantization
      if frame.tables[index] == nil {
        guard let table = quantization[number] else {
          throw malformed("the quantisation table \(number)", "none of this number")
        }
        frame.tables[index] = table
      }
      guard scan.high > 0 || scan.first > 0 || dcTables[scan.dcTables[place]] != nil else {
        throw malformed("the Huffman table \(scan.dcTables[place]) for mean values", "none of this number")
      }
      guard scan.last == 0 || acTables[scan.acTables[place]] != nil else {
        throw malformed("the Huffman table \(scan.acTables[place]) for waves", "none of this number")
      }
    }
    let start = bytes.baseAddress.map { $0 + position }
    guard let start, let end = bytes.baseAddress.map({ $0 + bytes.count }) else { throw cut() }
    var decoder = JPEGScanDecoder(
      scan, frame, dc: scan.dcTables.map { dcTables[$0] }, ac: scan.acTables.map { acTables[$0] },
      restartInterval: restartInterval, bits: JPEGBits(from: start, to: end))
    if let problem = decoder.decode() {
      throw malformed(problem.expected, "\(problem.found) in the scan at byte \(position)")
    }
    position += decoder.bits.position - start
    frame.note(scan)
  }
}

/// The place in a block, row by row, of the waves in the order of the file: zig-zag from low to high.
let jpegZigZag: [UInt8] = [
  0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
  35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47,
  55,
  62, 63,
]
