import Datasets
import TensorCore
import Testing

@Suite struct PNMDecoderTests {
  private func decode(_ text: String, _ samples: [UInt8] = []) throws -> RasterImage {
    try ImageFile.decode(Array(text.utf8) + samples, name: "x")
  }

  private func message(_ text: String, _ samples: [UInt8] = []) -> String? {
    #expect(throws: FileError.self) { try decode(text, samples) }?.description
  }

  private let size = ImageSize(height: 2, width: 3)

  @Test func grayInText() throws {
    let image = try decode("P2\n# a comment\n3 2 # another\n4\n0 1 2\n3 4 # the last\n0\n")
    #expect(image == RasterImage(channels: 1, size: size, intensities: [0, 0.25, 0.5, 0.75, 1, 0]))
  }

  @Test func grayInBytes() throws {
    let image = try decode("P5 3\t2\r\n255\n", [0, 51, 102, 153, 204, 255])
    #expect(image == RasterImage(channels: 1, size: size, intensities: [0, 0.2, 0.4, 0.6, 0.8, 1]))
  }

  @Test func colorInText() throws {
    let image = try decode("P3 2 1 10  10 5 0  1 2 3")
    #expect(
      image
        == RasterImage(
          channels: 3, size: ImageSize(height: 1, width: 2), intensities: [1, 0.1, 0.5, 0.2, 0, 0.3]))
  }

  @Test func colorInBytes() throws {
    let image = try decode("P6#no space needed\n2 1 255 ", [255, 0, 51, 0, 255, 102])
    #expect(
      image == RasterImage(channels: 3, size: ImageSize(height: 1, width: 2), intensities: [1, 0, 0, 1, 0.2, 0.4]))
  }

  /// The high byte first: 1 · 256 + 44 = 300.
  @Test func twoBytesAboveTwoHundredFiftyFive() throws {
    let image = try decode("P5 2 1 600\n", [1, 44, 2, 88])
    #expect(image.intensities == [0.5, 1])
    #expect(try decode("P5 1 1 65535\n", [255, 255]).intensities == [1])
    #expect(try decode("P2 1 1 65535 65535").intensities == [1])
  }

  @Test func firstSampleMayLookLikeSpace() throws {
    #expect(try decode("P5 2 1 32\n", [32, 10]).intensities == [1, 0.3125])
  }

  @Test func whiteSpaceMayFollow() throws {
    #expect(try decode("P5 1 1 255\n", [255, 10, 32]).intensities == [1])
  }

  @Test func refusesWhatIsNoImage() {
    #expect(message("") == "x: expected an image (PNG, JPEG, BMP, PGM or PPM), found no bytes")
    #expect(
      message("P4 1 1")
        == "x: expected an image (PNG, JPEG, BMP, PGM or PPM), found a file that begins with 50 34 20 31")
    #expect(
      message("\u{1}abc")
        == "x: expected an image (PNG, JPEG, BMP, PGM or PPM), found a file that begins with 01 61 62 63")
    let others = [("RIFF1234WEBPVP8 ", "WebP"), ("GIF89a", "GIF"), ("II*\0", "TIFF"), ("\0\0\0 ftypavif", "AVIF")]
    for (text, name) in others { #expect(message(text)?.hasSuffix("found a file of \(name)") == true) }
    #expect(message("RIFF")?.hasSuffix("found a file that begins with 52 49 46 46") == true)
  }

  @Test(arguments: [
    ("P5", "x: expected a width in 1...1048576 at byte 2, found the end of the file"),
    ("P53 2 255 ", "x: expected a width in 1...1048576 at byte 2, found no white space before it"),
    ("P5 # 3 2 255", "x: expected a width in 1...1048576 at byte 2, found the end of the file"),
    ("P5 0 2 255 ", "x: expected a width in 1...1048576 at byte 2, found 0"),
    ("P5 -3 2 255 ", "x: expected a width in 1...1048576 at byte 2, found the byte 45"),
    ("P5 3 1048577 255 ", "x: expected a height in 1...1048576 at byte 4, found a larger number"),
    (
      "P5 99999999999999999999999999 2 255 ",
      "x: expected a width in 1...1048576 at byte 2, found a larger number"
    ),
    ("P5 3 2 0 ", "x: expected a value of full intensity in 1...65535 at byte 6, found 0"),
    ("P5 3 2 65536 ", "x: expected a value of full intensity in 1...65535 at byte 6, found a larger number"),
    ("P5 3 2", "x: expected a value of full intensity in 1...65535 at byte 6, found the end of the file"),
    ("P5 3 2 255", "x: expected white space at byte 10, before the samples, found none"),
    ("P5 3 2 255 12345", "x: expected 6 bytes of samples from byte 11 on, found 5"),
    ("P5 3 2 256 12345678901", "x: expected 12 bytes of samples from byte 11 on, found 11"),
    ("P6 3 2 255 12345678901234567", "x: expected 18 bytes of samples from byte 11 on, found 17"),
    ("P5 1048576 1048576 65535 ", "x: expected 2199023255552 bytes of samples from byte 25 on, found 0"),
    ("P3 1048576 1048576 255 0", "x: expected 3298534883328 samples from byte 22 on, found 2 bytes"),
    ("P5 2 1 50 23", "x: expected samples of at most 50, found 51 at byte 11"),
    ("P2 2 1 50 50 51", "x: expected a sample in 0...50 at byte 12, found a larger number"),
    ("P2 2 1 50 50 x", "x: expected a sample in 0...50 at byte 12, found the byte 120"),
    ("P2 2 1 50 5000", "x: expected a sample in 0...50 at byte 9, found a larger number"),
    ("P2 2 1 50 50#   ", "x: expected a sample in 0...50 at byte 12, found the end of the file"),
    ("P2 1 1 50 50 3", "x: expected the end of the image, found 1 more bytes from byte 13 on"),
    ("P5 1 1 255 aP5 1 1 255 a", "x: expected the end of the image, found 12 more bytes from byte 12 on"),
  ])
  func refuses(text: String, expected: String) {
    #expect(message(text) == expected)
  }

  @Test func mutatedFilesThrowOrDecode() {
    var random = RandomStream(seed: 43)
    let samples = (0..<36).map { UInt8(truncatingIfNeeded: $0 * 7) }
    let files = [
      Array("P2 4 3 # c\n9 ".utf8) + Array("0 1 2 3 4 5 6 7 8 9 0 1".utf8),
      Array("P5\n4 3\n255\n".utf8) + samples.prefix(12),
      Array("P3\n2 2\n255\n".utf8) + Array("255 0 1 2 3 4 5 6 7 8 9 10\n".utf8),
      Array("P6 4 3 255 ".utf8) + samples,
      Array("P5 3 3 65535 ".utf8) + samples.prefix(18),
    ]
    var decoded = 0
    for round in 0..<3000 {
      guard let image = try? ImageFile.decode(mutated(files[round % 5], using: &random)) else { continue }
      decoded += 1
      #expect(image.intensities.allSatisfy { (0...1).contains($0) })
      #expect(image.intensities.count <= 200)
    }
    #expect((1...2900).contains(decoded))
  }

  @Test func readsFiles() throws {
    let folder = try TemporaryFolder()
    try folder.write(Array("P2 1 1 2 1".utf8), to: "a.pgm")
    #expect(try ImageFile.read(folder.path("a.pgm")).intensities == [0.5])
    let missing = #expect(throws: FileError.self) { try ImageFile.read(folder.path("b.pgm")) }
    #expect(missing == .missing(file: folder.path("b.pgm")))
  }
}
