import TensorCore
import Testing

/// Check values as published with the algorithm (RFC 1952, PNG specification annex D, Williams 1993).
@Suite struct CRC32Tests {
  @Test func checkValue() {
    #expect(CRC32.checksum(Array("123456789".utf8)) == 0xCBF4_3926)
    #expect(CRC32.checksum([]) == 0)
    // The chunk type of every PNG's last chunk, and what follows it in every PNG.
    #expect(CRC32.checksum(Array("IEND".utf8)) == 0xAE42_6082)
  }

  @Test func agreesWithBitByBitDefinition() {
    let bytes = (0..<300).map { UInt8(truncatingIfNeeded: $0 &* $0 &* 7 &+ $0) }
    for count in [1, 2, 7, 8, 9, 15, 16, 17, 255, 300] {
      var crc: UInt32 = ~0
      for byte in bytes[..<count] {
        crc ^= UInt32(byte)
        for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
      }
      #expect(CRC32.checksum(Array(bytes[..<count])) == ~crc)
    }
  }

  @Test func piecesGiveTheSameAsTheWhole() {
    let bytes = Array("the quick brown fox jumps over the lazy dog".utf8)
    var crc = CRC32()
    for piece in [bytes[..<5], bytes[5..<5], bytes[5..<22], bytes[22...]] {
      Array(piece).withUnsafeBytes { crc.update($0) }
    }
    #expect(crc.value == CRC32.checksum(bytes))
  }
}
