import TensorCore

/// What the IHDR chunk says.
struct PNGHeader {
  enum Color: UInt8 {
    case gray = 0
    case rgb = 2
    case palette = 3
    case grayAlpha = 4
    case rgbAlpha = 6
  }

  let size: ImageSize
  let depth: Int
  let color: Color
  let isInterlaced: Bool

  /// Reads the 13 bytes.
  init(_ content: UnsafeBufferPointer<UInt8>, name: String) throws(FileError) {
    func broken(_ expected: String, _ found: String) -> FileError {
      .malformed(file: name, expected: expected, found: found)
    }
    guard content.count == 13 else { throw broken("13 bytes of PNG header", "\(content.count)") }
    size = try ImageLimits.size(
      height: content.bigEndian32(at: 4), width: content.bigEndian32(at: 0), name: name)
    depth = Int(content[8])
    guard let color = Color(rawValue: content[9]), Self.depths(color).contains(depth) else {
      throw broken("a PNG colour type with a depth that it allows", "type \(content[9]) with depth \(depth)")
    }
    self.color = color
    guard content[10] == 0, content[11] == 0 else {
      throw broken("PNG's compression 0 and filter method 0", "\(content[10]) and \(content[11])")
    }
    guard content[12] <= 1 else { throw broken("PNG's interlace method 0 or 1", "\(content[12])") }
    isInterlaced = content[12] == 1
  }

  private static func depths(_ color: Color) -> [Int] {
    switch color {
    case .gray: [1, 2, 4, 8, 16]
    case .palette: [1, 2, 4, 8]
    case .rgb, .grayAlpha, .rgbAlpha: [8, 16]
    }
  }

  /// The numbers that a pixel has in the file.
  var samplesPerPixel: Int {
    switch color {
    case .gray, .palette: 1
    case .grayAlpha: 2
    case .rgb: 3
    case .rgbAlpha: 4
    }
  }

  /// The channels of the image that is made.
  var channels: Int { color == .gray || color == .grayAlpha ? 1 : 3 }

  /// The bytes of a row of `width` pixels, without the filter's.
  func rowBytes(_ width: Int) -> Int { (width * samplesPerPixel * depth + 7) / 8 }

  /// The distance in bytes of corresponding samples, at least 1: what filters look back by.
  var pixelBytes: Int { max(1, samplesPerPixel * depth / 8) }

  /// The image, or the seven coarse to fine images of Adam7 as far as they have pixels.
  var passes: [PNGPass] {
    guard isInterlaced else { return [PNGPass(size, top: 0, left: 0, down: 1, right: 1)] }
    let grid: [(top: Int, left: Int, down: Int, right: Int)] = [
      (0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1),
    ]
    return grid.map { PNGPass(size, top: $0.top, left: $0.left, down: $0.down, right: $0.right) }
      .filter { $0.height > 0 && $0.width > 0 }
  }
}

/// Every `down`-th row and `right`-th column of an image, from a corner on.
struct PNGPass {
  let top: Int
  let left: Int
  let down: Int
  let right: Int
  let height: Int
  let width: Int

  init(_ size: ImageSize, top: Int, left: Int, down: Int, right: Int) {
    self.top = top
    self.left = left
    self.down = down
    self.right = right
    height = (size.height - top + down - 1) / down
    width = (size.width - left + right - 1) / right
  }

  /// The bytes of its filtered rows, each behind the filter's number. At most 2^26 pixels of 8 bytes: no overflow.
  func byteCount(_ header: PNGHeader) -> Int { height * (header.rowBytes(width) + 1) }
}

extension UnsafeBufferPointer<UInt8> {
  /// The number in four bytes, the highest first. Stops outside of the buffer: check before.
  func bigEndian32(at place: Int) -> Int {
    Int(self[place]) << 24 | Int(self[place + 1]) << 16 | Int(self[place + 2]) << 8 | Int(self[place + 3])
  }

  /// The number in two bytes, the highest first.
  func bigEndian16(at place: Int) -> Int { Int(self[place]) << 8 | Int(self[place + 1]) }
}
