import Datasets
import TensorCore
import Testing

@Suite struct JPEGDecoderTests {
  /// Sequential and progressive files of Pillow and of a writer of our own: all samplings, restart markers, grey, CMYK,
  /// tables of 16 bits, scans of one component, images smaller than a block. All bytes within 1 of Pillow's, nearly all
  /// equal.
  @Test func agreesWithPillow() throws {
    let golden = try GoldenArrays("jpeg")
    let cases = golden.cases("file")
    #expect(cases.count == 65)
    for name in cases {
      let image = try ImageFile.decode(golden.bytes(name + "/file").scalars, name: name)
      let expected = try golden.intensities(name + "/pixels")
      #expect(Shape([image.channels, image.size.height, image.size.width]) == expected.shape, "\(name)")
      let difference = largestDifference(image.intensities, expected.values) * 255
      #expect(difference < 1.01, "\(name): \(difference)")
      let others = zip(image.intensities, expected.values).count { abs($0 - $1) > 0.5 / 255 }
      #expect(others * 100 <= image.intensities.count, "\(name): \(others) of \(image.intensities.count)")
    }
  }

  private func file(_ name: String) throws -> [UInt8] { try GoldenArrays("jpeg").bytes(name + "/file").scalars }

  private func message(_ bytes: [UInt8]) -> String? {
    #expect(throws: FileError.self) { try ImageFile.decode(bytes, name: "x") }?.description
  }

  /// Where a marker's length stands.
  private func place(_ marker: UInt8, in bytes: [UInt8]) throws -> Int {
    try #require((0..<bytes.count - 1).first { bytes[$0] == 0xFF && bytes[$0 + 1] == marker }) + 2
  }

  @Test func whatFollowsTheEndIsLeft() throws {
    let bytes = try file("baseline-2-29x35")
    #expect(try ImageFile.decode(bytes + [1, 2, 3]) == ImageFile.decode(bytes))
    #expect(try ImageFile.decode(bytes.dropLast(2)) == ImageFile.decode(bytes))
  }

  @Test(arguments: ["baseline-2-29x35", "progressive-2-29x35", "own-scans", "own-restart"])
  func everyCutThrows(name: String) throws {
    let bytes = try file(name)
    // The last 2 bytes are the end marker, which a sequential image does without, and before it bits may be unused.
    for count in 0..<bytes.count - 4 {
      #expect(throws: FileError.self, "\(count) of \(bytes.count)") { try ImageFile.decode(Array(bytes[..<count])) }
    }
  }

  @Test func refusesWrongFrames() throws {
    let bytes = try file("baseline-0-29x35")
    let frame = try place(0xC0, in: bytes)
    func changed(_ changes: [(Int, UInt8)]) -> String? {
      var copy = bytes
      for (offset, value) in changes { copy[frame + offset] = value }
      return message(copy)
    }
    #expect(changed([(2, 12)]) == "x: expected 8 bits a sample, found 12")
    #expect(changed([(3, 0), (4, 0)]) == "x: expected a height and width in 1...1048576, found 0 and 35")
    #expect(changed([(7, 2)]) == "x: expected 1, 3 or 4 components, found 2")
    #expect(changed([(9, 0x51)]) == "x: expected sampling factors in 1...4, found 5 and 1")
    #expect(changed([(9, 0x31), (12, 0x21)])?.contains("sampling factors that divide the largest") == true)
    #expect(changed([(10, 7)]) == "x: expected a quantisation table in 0...3, found 7")
    #expect(changed([(10, 3)]) == "x: expected the quantisation table 3, found none of this number")
    // 65,535 pixels squared are more than the limit, 8192 squared more than the file can hold.
    #expect(changed([(3, 255), (4, 255), (5, 255), (6, 255)])?.contains("at most 67108864 pixels") == true)
    #expect(changed([(3, 32), (4, 0), (5, 32), (6, 0)])?.contains("can hold 3145728 blocks") == true)
    #expect(
      changed([(-1, 0xC9)]) == "x: expected a sequential or progressive JPEG with Huffman codes, found frame type C9")
  }

  @Test func refusesWrongTables() throws {
    let bytes = try file("baseline-0-29x35")
    var copy = bytes
    copy[try place(0xC4, in: bytes) + 2] = 0x24
    #expect(message(copy) == "x: expected a Huffman table of class 0 or 1 numbered 0...3, found 36")
    copy = bytes
    // Three of five codes of 3 bits made codes of 1 bit, of which there are two.
    let table = try place(0xC4, in: bytes)
    (copy[table + 3], copy[table + 5]) = (3, copy[table + 5] - 3)
    #expect(message(copy)?.contains("expected a Huffman code") == true)
    copy = bytes
    copy[try place(0xDB, in: bytes) + 2] = 0x20
    #expect(message(copy) == "x: expected a quantisation table of 8 or 16 bits numbered 0...3, found 32")
  }

  @Test func refusesWrongScans() throws {
    let bytes = try file("baseline-0-29x35")
    var copy = bytes
    let scan = try place(0xDA, in: bytes)
    copy[scan + 3] = 77
    #expect(message(copy) == "x: expected different components of the frame in a scan, found component 77")
    copy = bytes
    copy[scan + 4] = 0x33
    #expect(message(copy) == "x: expected the Huffman table 3 for mean values, found none of this number")
    let restarted = try file("own-restart")
    let marker = try place(0xD0, in: restarted) - 1
    copy = restarted
    copy[marker] = 0xD3
    #expect(message(copy)?.contains("expected the restart marker 0, found another or none in the scan") == true)
  }

  /// A progressive file that repeats a scan of few bytes for ever.
  @Test func refusesManyScans() throws {
    let bytes = try file("progressive-grey-30")
    let scan = try place(0xDA, in: bytes) - 2
    let next = try #require((scan + 4..<bytes.count).first { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xC4 })
    #expect(bytes[scan + 7] == 0)
    let header = Array(bytes[..<next])
    // Refines the lowest bit of the mean again and again: each is a sound scan.
    let again: [UInt8] = [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 0, 0x10] + [UInt8](repeating: 0, count: 4)
    #expect(message(header + (0..<200).flatMap { _ in again }) == "x: expected at most 100 scans, found more")
  }
}
