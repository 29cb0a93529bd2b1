import TensorCore

/// What the headers of a BMP file say.
struct BMPHeader {
  enum Storage {
    case plain, runs
  }

  let size: ImageSize
  let bits: Int
  let isTopDown: Bool
  let storage: Storage
  /// Where the pixels begin.
  let offset: Int
  /// Red, green and blue of each colour; empty above 8 bits.
  let palette: [UInt8]
  /// Where red, green and blue lie in a pixel of 16 or 32 bits.
  let masks: [UInt32]

  /// The headers' lengths: OS/2's, Windows' 3.1, its extensions by masks, OS/2's second, Windows 95's and 98's.
  private static let lengths = [12, 40, 52, 56, 64, 108, 124]

  init(_ bytes: UnsafeBufferPointer<UInt8>, name: String) throws(FileError) {
    func broken(_ expected: String, _ found: String) -> FileError {
      .malformed(file: name, expected: expected, found: found)
    }
    guard bytes.count >= 26 else { throw broken("at least 26 bytes of BMP headers", "\(bytes.count)") }
    let length = bytes.littleEndian32(at: 14)
    guard Self.lengths.contains(length) else { throw broken("a BMP header of \(Self.lengths) bytes", "\(length)") }
    guard bytes.count >= 14 + length else { throw broken("\(14 + length) bytes of BMP headers", "\(bytes.count)") }
    let isOld = length == 12
    let width = isOld ? bytes.littleEndian16(at: 18) : Int(Int32(truncatingIfNeeded: bytes.littleEndian32(at: 18)))
    let height = isOld ? bytes.littleEndian16(at: 20) : Int(Int32(truncatingIfNeeded: bytes.littleEndian32(at: 22)))
    isTopDown = height < 0
    size = try ImageLimits.size(height: abs(height), width: width, name: name)
    bits = bytes.littleEndian16(at: isOld ? 24 : 28)
    guard [1, 4, 8, 16, 24, 32].contains(bits) else { throw broken("1, 4, 8, 16, 24 or 32 bits a pixel", "\(bits)") }
    let method = isOld ? 0 : bytes.littleEndian32(at: 30)
    switch (method, bits) {
    case (0, _), (3, 16), (3, 32), (6, 16), (6, 32): storage = .plain
    case (1, 8), (2, 4): storage = .runs
    default: throw broken("pixels plain, in run lengths or by masks", "method \(method) for \(bits) bits")
    }
    guard storage == .plain || !isTopDown else { throw broken("run lengths from the bottom up", "from the top down") }
    offset = bytes.littleEndian32(at: 10)
    guard (14 + length...bytes.count).contains(offset) else {
      throw broken("pixels between byte \(14 + length) and byte \(bytes.count)", "at byte \(offset)")
    }
    palette = bits > 8 ? [] : try Self.palette(bytes, length, bits, name: name)
    masks = bits == 16 || bits == 32 ? try Self.masks(bytes, length, bits, method, name: name) : []
  }

  private static func palette(
    _ bytes: UnsafeBufferPointer<UInt8>, _ length: Int, _ bits: Int, name: String
  ) throws(FileError) -> [UInt8] {
    let used = length == 12 ? 0 : bytes.littleEndian32(at: 46)
    guard used <= 1 << bits else {
      throw .malformed(file: name, expected: "at most \(1 << bits) colours", found: "\(used)")
    }
    let count = used == 0 ? 1 << bits : used
    let entry = length == 12 ? 3 : 4
    guard bytes.count - 14 - length >= count * entry else {
      throw .malformed(
        file: name, expected: "\(count * entry) bytes of colours", found: "\(bytes.count - 14 - length)")
    }
    return (0..<count).flatMap { index in
      let place = 14 + length + index * entry
      return [bytes[place + 2], bytes[place + 1], bytes[place]]
    }
  }

  private static func masks(
    _ bytes: UnsafeBufferPointer<UInt8>, _ length: Int, _ bits: Int, _ method: Int, name: String
  ) throws(FileError) -> [UInt32] {
    guard method != 0 else { return bits == 16 ? [0x7C00, 0x3E0, 0x1F] : [0xFF_0000, 0xFF00, 0xFF] }
    // In a header of 40 bytes they follow it, in longer ones they are its next fields: the same place.
    guard bytes.count >= 66 else { throw .malformed(file: name, expected: "12 bytes of masks", found: "the end") }
    let masks = [54, 58, 62].map { UInt32(bytes.littleEndian32(at: $0)) }
    let areSound = masks.allSatisfy { mask in
      // Ones side by side: adding the lowest leaves none of them.
      mask != 0 && mask & (mask &+ (1 << UInt32(mask.trailingZeroBitCount))) == 0 && (bits == 32 || mask < 1 << 16)
    }
    guard areSound, masks[0] & masks[1] == 0, masks[0] & masks[2] == 0, masks[1] & masks[2] == 0 else {
      throw .malformed(file: name, expected: "three masks of bits side by side", found: "\(masks)")
    }
    return masks
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The number in four bytes, the lowest first. Stops outside of the buffer: check before.
  func littleEndian32(at place: Int) -> Int {
    Int(self[place]) | Int(self[place + 1]) << 8 | Int(self[place + 2]) << 16 | Int(self[place + 3]) << 24
  }

  /// The number in two bytes, the lowest first.
  func littleEndian16(at place: Int) -> Int { Int(self[place]) | Int(self[place + 1]) << 8 }
}
