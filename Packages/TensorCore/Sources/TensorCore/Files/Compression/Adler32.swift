/// The checksum of zlib streams (RFC 1950 section 8.2): two sums modulo 65,521, the second over the first.
///
/// The check value of the nine bytes `123456789` is `0x091E01DE`.
public enum Adler32 {
  private static let modulus: UInt32 = 65_521
  /// The most bytes whose sums fit in 32 bits before the modulus must be taken.
  private static let blockSize = 5_552

  /// The checksum of `bytes`.
  public static func checksum(_ bytes: [UInt8]) -> UInt32 {
    bytes.withUnsafeBytes(checksum)
  }

  static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    var low: UInt32 = 1
    var high: UInt32 = 0
    var position = 0
    while position < bytes.count {
      let end = min(position + blockSize, bytes.count)
      while position < end {
        low &+= UInt32(bytes[position])
        high &+= low
        position += 1
      }
      low %= modulus
      high %= modulus
    }
    return high << 16 | low
  }
}
