/// A message of protocol buffers as bytes: what event files are made of.
///
/// Each field is its number and kind in one number of variable length, then the value. Fields are written in the order of their
/// numbers, as Google's own writers do.
/// Source: protobuf.dev/programming-guides/encoding.
struct ProtobufMessage {
  private(set) var bytes: [UInt8] = []

  private enum Kind: UInt64 {
    case variable = 0
    case fixed64 = 1
    case delimited = 2
    case fixed32 = 5
  }

  /// Adds a whole number (`int32`, `int64`, an enumeration); 0, which readers assume, is left out.
  mutating func add(_ field: UInt64, whole value: Int64) {
    guard value != 0 else { return }
    begin(field, .variable)
    appendVariable(UInt64(bitPattern: value))
  }

  /// Adds a `double`; 0 is left out.
  mutating func add(_ field: UInt64, double value: Double) {
    guard value.bitPattern != 0 else { return }
    begin(field, .fixed64)
    append(value.bitPattern)
  }

  /// Adds a `float` that is one of several alternatives: 0 is written too, as it says which.
  mutating func add(_ field: UInt64, alternative value: Float) {
    begin(field, .fixed32)
    append(value.bitPattern)
  }

  /// Adds a `string`.
  mutating func add(_ field: UInt64, text: String) { add(field, bytes: Array(text.utf8)) }

  /// Adds `bytes`.
  mutating func add(_ field: UInt64, bytes content: [UInt8]) {
    begin(field, .delimited)
    appendVariable(UInt64(content.count))
    bytes += content
  }

  /// Adds a message.
  mutating func add(_ field: UInt64, message: ProtobufMessage) { add(field, bytes: message.bytes) }

  /// Adds numbers of a `repeated double`, one behind the other.
  mutating func add(_ field: UInt64, packed values: [Double]) {
    guard !values.isEmpty else { return }
    begin(field, .delimited)
    appendVariable(UInt64(values.count * 8))
    for value in values { append(value.bitPattern) }
  }

  private mutating func begin(_ field: UInt64, _ kind: Kind) { appendVariable(field << 3 | kind.rawValue) }

  /// Seven bits a byte, the low ones first; the high bit says that more follow.
  private mutating func appendVariable(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private mutating func append(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { bytes += $0 }
  }
}
