import Datasets
import Foundation
import TensorCore

extension FuzzSample {
  /// Small files of the kinds that Datasets reads.
  static func dataSets() -> [FuzzSample] {
    // Two images of 3 × 3: magic number (unsigned bytes, three axes), sizes with the highest byte first, pixels.
    let images = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 3] + [UInt8](0..<18)
    let labels: [UInt8] = [0, 0, 8, 1, 0, 0, 0, 5, 1, 2, 3, 4, 5]
    return [("idx images", images), ("idx labels", labels), ("idx gzip", gzip(images))].map { name, bytes in
      FuzzSample(name: name, bytes: bytes, growth: 1_032) { bytes in
        guard let array = try? IDXFile.decode(bytes) else { return 0 }
        precondition(array.scalars.count == array.shape.sizes.reduce(1, *), "the elements do not fill the shape")
        return 1
      }
    }
  }

  /// A gzip file that stores the bytes.
  private static func gzip(_ bytes: [UInt8]) -> [UInt8] {
    let size = UInt16(bytes.count)
    let stored = [1] + [size, ~size].flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] } + bytes
    let trailer = [CRC32.checksum(bytes), UInt32(size)].flatMap { value in
      (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3] + stored + trailer
  }
}
