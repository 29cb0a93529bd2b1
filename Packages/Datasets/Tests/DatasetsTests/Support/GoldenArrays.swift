import Datasets
import Foundation
import TensorCore

/// The arrays of a file in `Golden`, which `Tests/References/images.py` makes.
struct GoldenArrays {
  let file: NpzFile

  init(_ name: String) throws {
    let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Golden/\(name).npz")
    file = try NpzFile(path: path.path)
  }

  /// The names of the cases, of which each has arrays NAME/something.
  func cases(_ something: String) -> [String] {
    file.names.filter { $0.hasSuffix("/" + something) }.map { String($0.dropLast(something.count + 1)) }
  }

  func bytes(_ name: String) throws -> Tensor<UInt8> { try file.tensor(name, as: UInt8.self) }

  /// An image `[C, H, W]` of bytes.
  func image(_ name: String) throws -> ByteImage {
    let pixels = try bytes(name)
    return ByteImage(
      channels: pixels.shape[0], size: ImageSize(height: pixels.shape[1], width: pixels.shape[2]),
      pixels: pixels.scalars)
  }

  /// Intensities 0...1 `[C, H, W]` of bytes, or of whole numbers up to 65,535.
  func intensities(_ name: String) throws -> (shape: Shape, values: [Float]) {
    switch try file.tensor(name) {
    case .uint8(let pixels): (pixels.shape, pixels.scalars.map { Float($0) / 255 })
    case .int32(let pixels): (pixels.shape, pixels.scalars.map { Float($0) / 65_535 })
    default: throw FileError.malformed(file: name, expected: "whole numbers", found: "others")
    }
  }
}

/// The largest difference of two lists; infinite when their lengths differ.
func largestDifference(_ a: [Float], _ b: [Float]) -> Float {
  guard a.count == b.count else { return .infinity }
  return zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) }
}
