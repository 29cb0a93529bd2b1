import TensorCore
import Testing

@Suite struct GzipTests {
  /// `needletail` as zlib deflates it, and its CRC-32.
  static let stream: [UInt8] = [0xCB, 0x4B, 0x4D, 0x4D, 0xC9, 0x49, 0x2D, 0x49, 0xCC, 0xCC, 0x01, 0x00]
  static let text = Array("needletail".utf8)

  /// A member by RFC 1952: header, optional fields, stream, CRC-32, size.
  func member(flags: UInt8 = 0, fields: [UInt8] = [], crc: UInt32? = nil, size: UInt32 = 10) -> [UInt8] {
    let crc = crc ?? CRC32.checksum(Self.text)
    let header: [UInt8] = [0x1F, 0x8B, 8, flags, 0, 0, 0, 0, 2, 3]
    let trailer = [crc, size].flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
    return header + fields + Self.stream + trailer
  }

  func message(_ bytes: [UInt8], limit: Int = 100) -> String? {
    #expect(throws: FileError.self) { try Gzip.decompress(bytes, limit: limit, name: "a.gz") }?.description
  }

  @Test func plainMember() throws {
    #expect(try Gzip.decompress(member(), limit: 10) == Self.text)
    #expect(Gzip.isGzip(member()))
    #expect(!Gzip.isGzip(Self.text))
    #expect(!Gzip.isGzip([0x1F]))
  }

  @Test func everyHeaderFieldIsPassedOver() throws {
    let extra: [UInt8] = [3, 0, 1, 2, 3]
    let name = Array("file.npy\0".utf8)
    let comment = Array("\0".utf8)
    #expect(try Gzip.decompress(member(flags: 1), limit: 10) == Self.text)
    #expect(try Gzip.decompress(member(flags: 4, fields: extra), limit: 10) == Self.text)
    #expect(try Gzip.decompress(member(flags: 8, fields: name), limit: 10) == Self.text)
    #expect(try Gzip.decompress(member(flags: 16, fields: comment), limit: 10) == Self.text)
    let all = extra + name + comment
    let crc = CRC32.checksum([0x1F, 0x8B, 8, 31, 0, 0, 0, 0, 2, 3] + all)
    let withCRC = all + [UInt8(truncatingIfNeeded: crc), UInt8(truncatingIfNeeded: crc >> 8)]
    #expect(try Gzip.decompress(member(flags: 31, fields: withCRC), limit: 10) == Self.text)
    #expect(message(member(flags: 2, fields: [0, 0]))?.contains("a header with the CRC-16 0000, found ") == true)
  }

  @Test func membersAreJoined() throws {
    #expect(try Gzip.decompress(member() + member(flags: 8, fields: [65, 0]), limit: 20) == Self.text + Self.text)
    #expect(message(member() + member(), limit: 19) == "a.gz: larger than the 19 bytes allowed here")
  }

  @Test func aMatchReachesNoEarlierMember() {
    var writer = BitWriter()
    writer.write(3, bits: 3)
    writer.write(fixedSymbol: 257)
    writer.write(code: 0, bits: 5)
    writer.write(0, bits: 64)
    let second: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 3] + writer.bytes
    #expect(
      message(member() + second) == "a.gz: expected a match within the 0 bytes so far, found one from 1 bytes back")
  }

  @Test func checksumAndSizeAreCompared() {
    #expect(
      message(member(crc: 0xDEAD_BEEF)) == "a.gz: expected content with the CRC-32 DEADBEEF, found AE35022A")
    #expect(message(member(size: 11)) == "a.gz: expected 11 bytes of content, found 10")
  }

  @Test func wrongHeadersAreRefused() {
    #expect(message([]) == "a.gz: expected a complete gzip member, found its end after 0 bytes")
    #expect(
      message(Array("PK\u{3}\u{4} is zip".utf8))
        == "a.gz: expected a gzip file, which begins with 1F 8B, found 50 4B")
    #expect(message(member(flags: 0x20)) == "a.gz: expected no reserved gzip flags, found flags 20")
    var bytes = member()
    bytes[2] = 7
    #expect(message(bytes) == "a.gz: expected gzip's method 8, deflate, found method 7")
    #expect(
      message(member() + [UInt8](repeating: 0, count: 16))
        == "a.gz: expected the end or a further gzip member, found 00 00")
    #expect(message(member(flags: 4, fields: [255, 255])) != nil)
  }

  @Test func everyCutIsNoticed() {
    let bytes = member(flags: 12, fields: [1, 0, 7, 65, 0])
    for count in 0..<bytes.count { #expect(message(Array(bytes[..<count])) != nil) }
  }

  /// Each single flipped bit of stream or trailer is noticed, by the decoder or by the checks.
  @Test func everyFlippedBitIsNoticed() {
    let bytes = member()
    for bit in (10 * 8)..<(bytes.count * 8) {
      var flipped = bytes
      flipped[bit / 8] ^= 1 << (bit % 8)
      let result = try? Gzip.decompress(flipped, limit: 1 << 20)
      // Padding after the last block carries nothing.
      #expect(result == nil || result == Self.text, "bit \(bit)")
    }
  }
}
