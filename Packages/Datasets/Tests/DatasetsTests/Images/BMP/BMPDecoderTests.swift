import Datasets
import TensorCore
import Testing

@Suite struct BMPDecoderTests {
  /// All depths, masks, run lengths and orders of rows, as Pillow reads them; it keeps 8 bits of colours of 5 and 6.
  @Test func agreesWithPillow() throws {
    let golden = try GoldenArrays("bmp")
    let cases = golden.cases("file")
    #expect(cases.count == 25)
    for name in cases {
      let image = try ImageFile.decode(golden.bytes(name + "/file").scalars, name: name)
      let expected = try golden.intensities(name + "/pixels")
      #expect(Shape([image.channels, image.size.height, image.size.width]) == expected.shape, "\(name)")
      let tolerance: Float = name.hasPrefix("16") ? 1 / 255 : 1e-7
      #expect(largestDifference(image.intensities, expected.values) < tolerance, "\(name)")
    }
  }

  private func message(_ bytes: [UInt8]) -> String? {
    #expect(throws: FileError.self) { try ImageFile.decode(bytes, name: "x") }?.description
  }

  private func lowFirst(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }

  /// A file with a header of 40 bytes.
  private func file(
    _ width: Int, _ height: Int, bits: UInt8, method: Int = 0, used: Int = 0, offset: Int? = nil, _ rest: [UInt8]
  ) -> [UInt8] {
    let info = lowFirst(40) + lowFirst(width) + lowFirst(height) + [1, 0, bits, 0] + lowFirst(method) + lowFirst(0)
    return Array("BM".utf8) + lowFirst(0) + lowFirst(0) + lowFirst(offset ?? 54) + info + lowFirst(0) + lowFirst(0)
      + lowFirst(used) + lowFirst(0) + rest
  }

  @Test func twentyFourBitsByHand() throws {
    // Two rows of one pixel, the lower first; blue, green, red and a byte that fills up.
    let image = try ImageFile.decode(file(1, 2, bits: 24, [0, 51, 102, 0, 255, 204, 153, 0]))
    #expect(image.intensities == [0.6, 0.4, 0.8, 0.2, 1, 0])
  }

  /// A run, a jump of a row and a pixel, two pixels as they are, and an early end: what is left out has colour 0.
  @Test func runLengthsByHand() throws {
    let colors: [UInt8] = [0, 0, 0, 0, 255, 0, 0, 0, 0, 255, 0, 0, 0, 0, 255, 0]
    let runs: [UInt8] = [2, 1, 0, 2, 0, 1, 0, 4, 2, 3, 1, 1, 0, 1]
    let image = try ImageFile.decode(file(6, 2, bits: 8, method: 1, used: 4, offset: 70, colors + runs))
    let red = Array(image.intensities[..<12])
    let blue = Array(image.intensities[24...])
    #expect(red == [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0])
    #expect(blue == [0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0])
  }

  @Test func refuses() {
    #expect(message(Array("BM".utf8)) == "x: expected at least 26 bytes of BMP headers, found 2")
    #expect(message(file(1, 1, bits: 7, [])) == "x: expected 1, 4, 8, 16, 24 or 32 bits a pixel, found 7")
    #expect(message(file(0, 1, bits: 24, [])) == "x: expected a height and width in 1...1048576, found 1 and 0")
    #expect(
      message(file(-1, Int(Int32.min), bits: 24, []))
        == "x: expected a height and width in 1...1048576, found 2147483648 and -1")
    #expect(message(file(9000, 9000, bits: 24, []))?.contains("at most 67108864 pixels") == true)
    #expect(message(file(2, 2, bits: 24, [1])) == "x: expected 16 bytes of pixels from byte 54 on, found 1")
    #expect(
      message(file(2, 2, bits: 24, method: 4, []))
        == "x: expected pixels plain, in run lengths or by masks, found method 4 for 24 bits")
    #expect(
      message(file(1, 1, bits: 24, offset: 9, [])) == "x: expected pixels between byte 54 and byte 54, found at byte 9")
    #expect(message(file(1, 1, bits: 1, used: 3, [])) == "x: expected at most 2 colours, found 3")
    #expect(message(file(1, 1, bits: 8, [])) == "x: expected 1024 bytes of colours, found 0")
    #expect(
      message(file(1, 1, bits: 8, used: 1, offset: 58, [1, 2, 3, 4, 9, 0, 0, 0]))
        == "x: expected colours of a palette of 1, found colour 9")
    #expect(
      message(file(1, 1, bits: 16, method: 3, [5, 0, 0, 0, 8, 0, 0, 0, 16, 0, 0, 0, 1, 1, 1, 1]))
        == "x: expected three masks of bits side by side, found [5, 8, 16]")
  }

  @Test func refusesWrongRuns() {
    let colors: [UInt8] = [0, 0, 0, 0, 255, 0, 0, 0]
    func runs(_ bytes: [UInt8], height: Int = 1) -> [UInt8] {
      file(3, height, bits: 8, method: 1, used: 2, offset: 62, colors + bytes)
    }
    #expect(throws: Never.self) { try ImageFile.decode(runs([3, 1, 0, 1])) }
    #expect(message(runs([4, 1, 0, 1])) == "x: expected runs within the image, found one to pixel 3 of row 0")
    #expect(
      message(runs([3, 1, 0, 0, 1, 1, 0, 1])) == "x: expected runs within the image, found one to pixel 0 of row 1")
    #expect(message(runs([3, 1])) == "x: expected run lengths up to the end of the image, found the end of the file")
    #expect(
      message(runs([0, 9, 1])) == "x: expected run lengths up to the end of the image, found the end of the file")
    #expect(message(runs([0, 1], height: -1)) == "x: expected run lengths from the bottom up, found from the top down")
    #expect(
      message(runs([0, 1], height: 9999)) == "x: expected a byte for 256 pixels in run lengths, found 64 for 29997")
  }

  @Test func everyCutThrows() throws {
    let golden = try GoldenArrays("bmp")
    for name in ["8-runs", "24", "4-os2"] {
      let file = try golden.bytes(name + "/file").scalars
      for count in 0..<file.count { #expect(throws: FileError.self) { try ImageFile.decode(Array(file[..<count])) } }
    }
  }
}
