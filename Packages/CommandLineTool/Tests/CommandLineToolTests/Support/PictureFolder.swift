import Foundation
import TensorCore

extension TemporaryFolder {
  /// Writes pictures of discs, squares and stripes of many sizes and colours, `count` of each, as `NAME/KIND/NUMBER.ppm`.
  func writePictures(_ name: String, count: Int = 20, seed: UInt64 = 1) throws {
    var random = RandomStream(seed: seed)
    for kind in ["disc", "square", "stripes"] {
      let folder = "\(path)/\(name)/\(kind)"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      for number in 0..<count {
        try write(Self.picture(kind, using: &random), to: "\(name)/\(kind)/\(number).ppm")
      }
    }
  }

  /// The bytes of a PPM file.
  static func picture(_ kind: String, using random: inout RandomStream) -> [UInt8] {
    let (height, width) = (24 + random.integer(below: 40), 24 + random.integer(below: 40))
    let color = (0..<3).map { _ in UInt8(120 + random.integer(below: 136)) }
    let radius = Double(min(height, width)) * (0.25 + 0.15 * random.uniform())
    var bytes = Array("P6 \(width) \(height) 255 ".utf8)
    for y in 0..<height {
      for x in 0..<width {
        let (down, right) = (abs(Double(y) - Double(height) / 2), abs(Double(x) - Double(width) / 2))
        let isInside =
          switch kind {
          case "disc": (down * down + right * right).squareRoot() < radius
          case "square": max(down, right) < radius
          default: y / 4 % 2 == 0
          }
        bytes += isInside ? color : [10, 20, 30]
      }
    }
    return bytes
  }
}
