import TensorCore

/// The run lengths of BMP: pairs of bytes, a count and a colour (two in turn at 4 bits); or 0 and a command.
enum BMPRunLengths {
  /// The index of each pixel, row by row as they are stored.
  static func indices(
    _ bytes: UnsafeBufferPointer<UInt8>, _ header: BMPHeader, name: String
  ) throws(FileError) -> [UInt8] {
    let (height, width) = (header.size.height, header.size.width)
    guard height * width <= 256 * bytes.count else {
      throw .malformed(
        file: name, expected: "a byte for 256 pixels in run lengths", found: "\(bytes.count) for \(height * width)")
    }
    func cut() -> FileError {
      .malformed(file: name, expected: "run lengths up to the end of the image", found: "the end of the file")
    }
    var indices = [UInt8](repeating: 0, count: height * width)
    var (row, column, position) = (0, 0, header.offset)
    func put(_ index: UInt8) throws(FileError) {
      guard row < height, column < width else {
        throw .malformed(file: name, expected: "runs within the image", found: "one to pixel \(column) of row \(row)")
      }
      indices[row * width + column] = index
      column += 1
    }
    let isHalf = header.bits == 4
    while true {
      guard bytes.count - position >= 2 else { throw cut() }
      let (count, value) = (Int(bytes[position]), bytes[position + 1])
      position += 2
      if count > 0 {
        for place in 0..<count { try put(isHalf ? (place % 2 == 0 ? value >> 4 : value & 15) : value) }
        continue
      }
      switch value {
      case 0: (row, column) = (row + 1, 0)
      case 1: return indices
      case 2:
        guard bytes.count - position >= 2 else { throw cut() }
        column += Int(bytes[position])
        row += Int(bytes[position + 1])
        position += 2
      default:
        // Pixels as they are, filled up to an even number of bytes.
        let size = isHalf ? (Int(value) + 1) / 2 : Int(value)
        guard bytes.count - position >= size + size % 2 else { throw cut() }
        for place in 0..<Int(value) {
          let byte = bytes[position + (isHalf ? place / 2 : place)]
          try put(isHalf ? (place % 2 == 0 ? byte >> 4 : byte & 15) : byte)
        }
        position += size + size % 2
      }
    }
  }
}
