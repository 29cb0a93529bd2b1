import TensorCore
import Testing

@Suite struct Adler32Tests {
  @Test func checkValues() {
    #expect(Adler32.checksum(Array("123456789".utf8)) == 0x091E_01DE)
    #expect(Adler32.checksum([]) == 1)
    #expect(Adler32.checksum(Array("Wikipedia".utf8)) == 0x11E6_0398)
  }

  @Test func largestBytesDoNotOverflow() {
    // RFC 1950's two sums, with the modulus taken at every byte.
    let bytes = [UInt8](repeating: 255, count: 100_000)
    var (low, high) = (1, 0)
    for byte in bytes {
      low = (low + Int(byte)) % 65_521
      high = (high + low) % 65_521
    }
    #expect(Adler32.checksum(bytes) == UInt32(high << 16 | low))
  }
}
