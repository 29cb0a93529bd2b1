/// Reads the fields of a message of protocol buffers, one after the other.
///
/// Source: protobuf.dev/programming-guides/encoding.
struct ProtobufReader {
  /// What a field holds; which kind it is of shows in the bytes.
  enum Value {
    case variable(UInt64)
    case fixed64(UInt64)
    case bytes(ArraySlice<UInt8>)
    case fixed32(UInt32)

    /// A message, a text or packed numbers.
    var content: ArraySlice<UInt8>? {
      if case .bytes(let bytes) = self { bytes } else { nil }
    }

    /// A text; nil for bytes that are none.
    var text: String? { content.flatMap { String(validating: $0, as: UTF8.self) } }
  }

  /// Bytes that are no message.
  struct Broken: Error {}

  private var rest: ArraySlice<UInt8>

  /// The fields of the message in `bytes`.
  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  /// All fields of a message, by their numbers.
  static func fields(_ bytes: ArraySlice<UInt8>) throws(Broken) -> [(number: UInt64, value: Value)] {
    var reader = ProtobufReader(bytes)
    var fields: [(number: UInt64, value: Value)] = []
    while let field = try reader.next() { fields.append(field) }
    return fields
  }

  private mutating func next() throws(Broken) -> (number: UInt64, value: Value)? {
    guard !rest.isEmpty else { return nil }
    let key = try variable()
    switch key & 7 {
    case 0: return (key >> 3, .variable(try variable()))
    case 1: return (key >> 3, .fixed64(Self.littleEndian(try take(8))))
    case 2:
      let count = try variable()
      guard count <= UInt64(rest.count) else { throw Broken() }
      return (key >> 3, .bytes(try take(Int(count))))
    case 5: return (key >> 3, .fixed32(UInt32(Self.littleEndian(try take(4)))))
    default: throw Broken()
    }
  }

  /// Seven bits a byte, the low ones first; the high bit says that more follow.
  private mutating func variable() throws(Broken) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      guard let byte = rest.popFirst() else { throw Broken() }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    throw Broken()
  }

  private mutating func take(_ count: Int) throws(Broken) -> ArraySlice<UInt8> {
    guard count <= rest.count else { throw Broken() }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  /// The number in up to eight bytes.
  static func littleEndian(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) } }
}
