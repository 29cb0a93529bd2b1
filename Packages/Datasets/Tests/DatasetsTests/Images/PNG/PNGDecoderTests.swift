import Datasets
import TensorCore
import Testing

@Suite struct PNGDecoderTests {
  /// Every colour type, depth and interlacing, all filters, images smaller than Adam7's passes, palettes with
  /// transparency: as Pillow reads them; 16 bits as they were written.
  @Test func agreesWithPillow() throws {
    let golden = try GoldenArrays("png")
    let cases = golden.cases("file")
    #expect(cases.count == 53)
    for name in cases {
      let image = try ImageFile.decode(golden.bytes(name + "/file").scalars, name: name)
      let expected = try golden.intensities(name + "/pixels")
      #expect(Shape([image.channels, image.size.height, image.size.width]) == expected.shape, "\(name)")
      #expect(largestDifference(image.intensities, expected.values) < 1e-7, "\(name)")
    }
  }

  // MARK: What is wrong

  private func message(_ bytes: [UInt8]) -> String? {
    #expect(throws: FileError.self) { try ImageFile.decode(bytes, name: "x") }?.description
  }

  @Test func refusesWrongHeaders() {
    #expect(
      message(makePNG(header: [0, 0, 0, 0, 0, 0, 0, 1, 8, 0, 0, 0, 0]))
        == "x: expected a height and width in 1...1048576, found 1 and 0")
    #expect(
      message(makePNG(header: [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 8, 0, 0, 0, 0]))
        == "x: expected a height and width in 1...1048576, found 4294967295 and 4294967295")
    #expect(
      message(makePNG(header: [0, 8, 0, 0, 0, 8, 0, 0, 8, 0, 0, 0, 0]))
        == "x: expected at most 67108864 pixels, found 524288 x 524288 pixels")
    #expect(
      message(makePNG(header: [0, 0, 0, 2, 0, 0, 0, 1, 4, 2, 0, 0, 0]))
        == "x: expected a PNG colour type with a depth that it allows, found type 2 with depth 4")
    #expect(
      message(makePNG(header: [0, 0, 0, 2, 0, 0, 0, 1, 8, 0, 0, 0, 2]))
        == "x: expected PNG's interlace method 0 or 1, found 2")
    #expect(message(makePNG(header: [0, 0, 0, 2])) == "x: expected 13 bytes of PNG header, found 4")
  }

  /// 8192 × 8192 pixels of 8 bytes would take half a gigabyte; two bytes of a stream cannot hold them.
  @Test func refusesBombsBeforeTheyTakeMemory() {
    #expect(
      message(makePNG(header: [0, 0, 32, 0, 0, 0, 32, 0, 16, 6, 0, 0, 0], pixels: zlib([0, 0])))
        == "x: expected at least 520231 bytes of compressed pixels, found 13")
  }

  @Test func refusesWrongPixels() {
    let header: [UInt8] = [0, 0, 0, 2, 0, 0, 0, 1, 8, 0, 0, 0, 0]
    #expect(throws: Never.self) { try ImageFile.decode(makePNG(header: header, pixels: zlib([0, 1, 2]))) }
    #expect(message(makePNG(header: header, pixels: zlib([0, 1]))) == "x: expected 3 bytes of pixels, found 2")
    #expect(
      message(makePNG(header: header, pixels: zlib([0, 1, 2, 3]))) == "x: expected 3 bytes of pixels, found more")
    #expect(
      message(makePNG(header: header, pixels: zlib([5, 1, 2]))) == "x: expected a row's filter in 0...4, found 5")
    var wrong = zlib([0, 1, 2])
    wrong[wrong.count - 1] ^= 1
    #expect(message(makePNG(header: header, pixels: wrong))?.contains("Adler-32") == true)
    #expect(message(makePNG(header: header)) == "x: expected pixels in IDAT chunks, found none")
  }

  @Test func refusesWrongPalettes() {
    let header: [UInt8] = [0, 0, 0, 2, 0, 0, 0, 1, 8, 3, 0, 0, 0]
    let pixels = zlib([0, 0, 2])
    func file(_ palette: [UInt8]) -> [UInt8] {
      pngSignature + chunk("IHDR", header) + chunk("PLTE", palette) + chunk("IDAT", pixels) + chunk("IEND", [])
    }
    #expect(throws: Never.self) { try ImageFile.decode(file([UInt8](0..<9))) }
    #expect(message(file([UInt8](0..<6))) == "x: expected colours of a palette of 2, found colour 2")
    #expect(message(file([1, 2])) == "x: expected 3 bytes for each of 1 to 256 colours, found 2 bytes")
    #expect(message(makePNG(header: header, pixels: pixels)) == "x: expected a palette, found none")
  }

  @Test func refusesWrongChunks() {
    let header = chunk("IHDR", [0, 0, 0, 2, 0, 0, 0, 1, 8, 0, 0, 0, 0])
    let pixels = chunk("IDAT", zlib([0, 1, 2]))
    let end = chunk("IEND", [])
    var broken = pixels
    broken[10] ^= 4
    #expect(message(pngSignature + header + broken + end)?.contains("a IDAT chunk with the CRC-32") == true)
    #expect(message(pngSignature + pixels + end) == "x: expected an IHDR chunk first, found IDAT")
    #expect(
      message(pngSignature + header + pixels)
        == "x: expected a chunk of at least 12 bytes at byte \(8 + header.count + pixels.count), found 0 bytes")
    #expect(
      message(pngSignature + header + pixels + chunk("tEXt", []) + pixels + end)
        == "x: expected IDAT chunks one after the other, found tEXt between them")
    #expect(
      message(pngSignature + header + chunk("ABCD", []) + pixels + end)
        == "x: expected PNG's chunks IHDR, PLTE, IDAT and IEND, found ABCD")
    #expect(
      message(pngSignature + header + [0, 0, 1, 0] + pixels)?.contains("a chunk of 256 bytes at byte 33") == true)
    #expect(throws: Never.self) { try ImageFile.decode(pngSignature + header + chunk("abCd", []) + pixels + end) }
  }

  @Test func everyCutThrows() throws {
    let file = try GoldenArrays("png").bytes("6-16-adam7-11x13/file").scalars
    for count in 0..<file.count { #expect(throws: FileError.self) { try ImageFile.decode(Array(file[..<count])) } }
  }
}

let pngSignature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
  let named = Array(name.utf8) + content
  return bigEndian(UInt32(content.count)) + named + bigEndian(CRC32.checksum(named))
}

/// A zlib stream of one stored block.
func zlib(_ bytes: [UInt8]) -> [UInt8] {
  let count = UInt16(bytes.count)
  let sizes = [count, ~count].flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
  return [0x78, 0x01, 1] + sizes + bytes + bigEndian(Adler32.checksum(bytes))
}

func makePNG(header: [UInt8], pixels: [UInt8] = []) -> [UInt8] {
  pngSignature + chunk("IHDR", header) + (pixels.isEmpty ? [] : chunk("IDAT", pixels)) + chunk("IEND", [])
}
