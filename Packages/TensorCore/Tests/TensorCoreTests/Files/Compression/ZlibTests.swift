import TensorCore
import Testing

@Suite struct ZlibTests {
  /// `needletail` as zlib writes it at level 9.
  static let stream: [UInt8] = [0x78, 0xDA] + GzipTests.stream + [0x16, 0x79, 0x04, 0x18]

  func message(_ bytes: [UInt8]) -> String? {
    #expect(throws: FileError.self) { try Zlib.decompress(bytes, limit: 100, name: "z") }?.description
  }

  @Test func decompresses() throws {
    #expect(try Zlib.decompress(Self.stream, limit: 10) == GzipTests.text)
    #expect(throws: FileError.tooLarge(file: "z", limit: 9)) {
      try Zlib.decompress(Self.stream, limit: 9, name: "z")
    }
  }

  @Test func wrongStreamsAreRefused() {
    var bytes = Self.stream
    bytes[1] = 0xDB
    #expect(message(bytes) == "z: expected a zlib header for deflate, found 78DB")
    bytes[1] = 0xBB
    #expect(message(bytes) == "z: expected a zlib stream without a preset dictionary, found one that needs it")
    bytes = Self.stream
    bytes[bytes.count - 1] ^= 1
    #expect(message(bytes) == "z: expected content with the Adler-32 16790419, found 16790418")
    #expect(message(Self.stream + [0]) == "z: expected a checksum of 4 bytes after the deflate stream, found 5 bytes")
    #expect(message([0x78, 0xDA]) == "z: expected a zlib stream of at least 6 bytes, found 2")
    for count in 0..<Self.stream.count { #expect(message(Array(Self.stream[..<count])) != nil) }
  }
}
