import Datasets
import TensorCore
import Testing

@Suite struct IDXFileTests {
  private let small = idxBytes([2, 1, 3], [1, 2, 3, 4, 5, 255])

  @Test func byHand() throws {
    let bytes: [UInt8] = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 10, 20, 30, 40, 50, 60]
    let array = try IDXFile.decode(bytes)
    #expect(array.shape == [2, 3])
    #expect(array.scalars == [10, 20, 30, 40, 50, 60])
  }

  @Test func anyRankAndNoElements() throws {
    #expect(try IDXFile.decode(idxBytes([3], [7, 8, 9])).shape == [3])
    #expect(try IDXFile.decode(idxBytes([1, 1, 1, 1, 1, 1, 1, 2], [7, 8])).shape == [1, 1, 1, 1, 1, 1, 1, 2])
    #expect(try IDXFile.decode(idxBytes([0, 28, 28], [])).shape == [0, 28, 28])
  }

  @Test func sizesAreBigEndian() throws {
    let array = try IDXFile.decode([0, 0, 8, 1, 0, 0, 1, 2] + [UInt8](repeating: 3, count: 258))
    #expect(array.shape == [258])
  }

  @Test(arguments: [1, 5, 1000, 65_535])
  func gzipIsUnpacked(block: Int) throws {
    let plain = idxBytes([100, 7], (0..<700).map { UInt8(truncatingIfNeeded: $0) })
    let array = try IDXFile.decode(gzipBytes(plain, block: block))
    #expect(array.shape == [100, 7])
    #expect(array.scalars == Array(plain.dropFirst(12)))
  }

  private func message(_ bytes: [UInt8]) -> String? {
    #expect(throws: FileError.self) { try IDXFile.decode(bytes, name: "x") }?.description
  }

  @Test func refusesWhatIsNoIDX() {
    #expect(message([]) == "x: expected an IDX header of at least 4 bytes, found 0")
    #expect(message([0, 0, 8]) == "x: expected an IDX header of at least 4 bytes, found 3")
    #expect(message([0x89, 0x50, 8, 1]) == "x: expected an IDX file, which begins with the bytes 0 0, found 137 80")
  }

  @Test func refusesOtherHeaders() {
    #expect(message([0, 0, 0x0D, 1]) == "x: expected element type 8 (unsigned bytes), found type 13 (32-bit floats)")
    #expect(message([0, 0, 7, 1]) == "x: expected element type 8 (unsigned bytes), found type 7")
    #expect(message([0, 0, 8, 0]) == "x: expected 1 to 8 axes, found 0")
    #expect(message([0, 0, 8, 9]) == "x: expected 1 to 8 axes, found 9")
    #expect(message([0, 0, 8, 3, 0, 0, 0, 1]) == "x: expected a header of 16 bytes for 3 axes, found 8")
  }

  @Test func refusesSizesThatOverflow() {
    let sizes = [UInt32](repeating: .max, count: 3)
    #expect(
      message(idxBytes(sizes, [])) == "x: expected a number of elements that can be counted, "
        + "found the sizes [4294967295, 4294967295, 4294967295]")
  }

  @Test func refusesOtherLengths() {
    let wanted = "x: expected 22 bytes for unsigned bytes of shape [2, 1, 3], found "
    #expect(message(small.dropLast()) == wanted + "21")
    #expect(message(small + [0]) == wanted + "23")
    #expect(message(gzipBytes(small.dropLast())) == wanted + "21")
    #expect(message(gzipBytes(small + [0])) == wanted + "more")
    #expect(message(gzipBytes(small + [UInt8](repeating: 0, count: 200_000))) == wanted + "more")
  }

  @Test func refusesBrokenGzip() {
    #expect(message([0x1F, 0x8B])?.hasPrefix("x: expected a complete gzip member") == true)
    var wrong = gzipBytes(small)
    wrong[wrong.count - 6] ^= 1
    #expect(message(wrong)?.hasPrefix("x: expected content with the CRC-32") == true)
  }

  /// A header may announce 2^32 images in a file of a few bytes: nothing of that size is made.
  @Test func announcedSizesCostNothing() {
    let wanted = "x: expected 3367254359296 bytes for unsigned bytes of shape [4294967295, 28, 28], found 16"
    #expect(message(idxBytes([.max, 28, 28], [])) == wanted)
    #expect(message(gzipBytes(idxBytes([.max, 28, 28], []))) == wanted)
  }

  /// Nor does a header that keeps its word: a file of a few bytes may unpack to a thousand times as many.
  @Test func theLimitHolds() throws {
    let packed = gzipBytes(idxBytes([1000], [UInt8](repeating: 7, count: 1000)))
    #expect(try IDXFile.decode(packed, limit: 1008).shape == [1000])
    #expect(throws: FileError.tooLarge(file: "x", limit: 1007)) {
      try IDXFile.decode(packed, name: "x", limit: 1007)
    }
  }

  @Test func mutatedFilesThrowOrDecode() {
    var random = RandomStream(seed: 42)
    let plain = idxBytes([5, 4, 3], (0..<60).map { UInt8($0) })
    let packed = gzipBytes(plain, block: 25)
    var decoded = 0
    for round in 0..<3000 {
      let bytes = mutated(round.isMultiple(of: 2) ? plain : packed, using: &random)
      guard let array = try? IDXFile.decode(bytes) else { continue }
      decoded += 1
      #expect(array.count <= 60 + 4 * 64)
    }
    #expect((1...1500).contains(decoded))
  }

  @Test func readsFiles() throws {
    let folder = try TemporaryFolder()
    try folder.write(small, to: "a")
    #expect(try IDXFile.read(folder.path("a")).shape == [2, 1, 3])
    let missing = #expect(throws: FileError.self) { try IDXFile.read(folder.path("b")) }
    #expect(missing == .missing(file: folder.path("b")))
  }
}
