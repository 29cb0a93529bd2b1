import Datasets
import TensorCore
import Testing

/// Files with some bytes wrong: they throw or decode, and take no more memory than their size allows.
@Suite struct BrokenImagesTests {
  @Test(arguments: ["png", "jpeg", "bmp"])
  func tenThousandBrokenFilesThrowOrDecode(format: String) throws {
    let golden = try GoldenArrays(format)
    let files = try golden.cases("file").map { try golden.bytes($0 + "/file").scalars }
    var random = RandomStream(seed: 7)
    var decoded = 0
    for round in 0..<10_000 {
      var file = mutated(files[round % files.count], using: &random)
      // A wrong checksum would hide all other faults.
      if format == "png", round % 4 > 0 { file = withRightChecksums(file) }
      guard let image = try? ImageFile.decode(file) else { continue }
      decoded += 1
      #expect(image.intensities.allSatisfy { (0...1).contains($0) })
      #expect(image.intensities.count <= 3 * 1_032 * 8 * file.count)
    }
    #expect((100...9900).contains(decoded), "\(decoded)")
  }

  /// The same chunks with the checksums that they need, as far as the chunks can be found.
  private func withRightChecksums(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    var place = 8
    while place + 12 <= bytes.count {
      let count = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      guard count <= bytes.count - place - 12 else { break }
      let crc = CRC32.checksum(Array(bytes[(place + 4)..<(place + 8 + count)]))
      bytes.replaceSubrange((place + 8 + count)..<(place + 12 + count), with: bigEndian(crc))
      place += 12 + count
    }
    return bytes
  }
}
