/// The checksum of records in TensorFlow's files: the cyclic redundancy check with the reversed polynomial `0x82F63B78`
/// (Castagnoli), started with and finished by inverting all bits.
///
/// The check value of the nine bytes `123456789` is `0xE3069283`. Source: RFC 3720, appendix B.4.
package enum CRC32C {
  /// The checksum of `bytes`.
  package static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { crc, byte in table[Int((crc ^ UInt32(byte)) & 0xFF)] ^ (crc >> 8) }
  }

  /// The checksum as records hold it: turned and moved, since the checksum of bytes with their own checksum among them
  /// would say little.
  package static func masked(_ bytes: [UInt8]) -> UInt32 {
    let crc = checksum(bytes)
    return (crc >> 15 | crc << 17) &+ 0xA282_EAD8
  }

  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { crc, _ in crc & 1 == 1 ? (crc >> 1) ^ 0x82F6_3B78 : crc >> 1 }
  }
}
