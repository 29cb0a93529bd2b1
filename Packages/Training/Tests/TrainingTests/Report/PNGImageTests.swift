import Datasets
import Foundation
import TensorCore
import Testing
import Training

struct PNGImageTests {
  @Test func grayImage() throws {
    let image = RasterImage(
      channels: 1, size: ImageSize(height: 2, width: 3), intensities: [0, 0.5, 1, 2, -1, 0.2])
    let chunks = try Self.chunks(PNGImage.encode(image))
    #expect(chunks.map(\.name) == ["IHDR", "IDAT", "IEND"])
    #expect(chunks[0].content == [0, 0, 0, 3, 0, 0, 0, 2, 8, 0, 0, 0, 0])
    #expect(try Zlib.decompress(chunks[1].content, limit: 100) == [0, 0, 128, 255, 0, 255, 0, 51])
  }

  @Test func colorImageWithSeveralBlocks() throws {
    let size = ImageSize(height: 150, width: 160)
    let area = 150 * 160
    let intensities = (0..<(3 * area)).map { Float(($0 * 7) % 256) / 255 }
    let chunks = try Self.chunks(PNGImage.encode(RasterImage(channels: 3, size: size, intensities: intensities)))
    #expect(chunks[0].content[9] == 2)
    let lines = try Zlib.decompress(chunks[1].content, limit: 1 << 20)
    #expect(lines.count == 150 * (1 + 3 * 160))
    for (row, column, channel) in [(0, 0, 0), (149, 159, 2), (77, 3, 1)] {
      let expected = UInt8((channel * area + row * 160 + column) * 7 % 256)
      #expect(lines[row * 481 + 1 + column * 3 + channel] == expected)
    }
  }

  /// The end of every PNG file, with its published checksum.
  @Test func endsAsTheSpecificationSays() {
    let bytes = PNGImage.encode(RasterImage(channels: 1, size: ImageSize(height: 1, width: 1), intensities: [0]))
    #expect(bytes.prefix(8) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    #expect(bytes.suffix(12) == [0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82])
  }

  private static func chunks(_ bytes: [UInt8]) throws -> [(name: String, content: [UInt8])] {
    func number(_ at: Int) -> Int { bytes[at..<(at + 4)].reduce(0) { $0 << 8 | Int($1) } }
    var chunks: [(name: String, content: [UInt8])] = []
    var position = 8
    while position < bytes.count {
      let end = position + 8 + number(position)
      #expect(number(end) == Int(CRC32.checksum(Array(bytes[(position + 4)..<end]))))
      let name = String(decoding: bytes[(position + 4)..<(position + 8)], as: UTF8.self)
      chunks.append((name, Array(bytes[(position + 8)..<end])))
      position = end + 4
    }
    return chunks
  }
}
