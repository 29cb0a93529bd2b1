/// Reads JSON (RFC 8259) token by token, strictly: no comments, no trailing commas, no duplicate keys, whole numbers
/// only. The caller names what must come next, so that nesting is as deep as the caller's code and no deeper.
struct StrictJSONScanner {
  private let bytes: [UInt8]
  private let name: String
  private let memberLimit: Int
  private var position = 0

  /// `name` stands for the bytes in errors; an object may have at most `memberLimit` members, which bounds the memory.
  init(_ bytes: [UInt8], name: String, memberLimit: Int) {
    self.bytes = bytes
    self.name = name
    self.memberLimit = memberLimit
  }

  /// The error for something else than `expected` at the current position.
  func unexpected(_ expected: String) -> FileError {
    let found =
      position < bytes.count
      ? "'\(String(decoding: bytes[position...].prefix(12), as: UTF8.self))' at byte \(position)" : "its end"
    return .malformed(file: name, expected: "\(expected) in the JSON header", found: found)
  }

  /// Reads an object; `member` is called with each key, to read its value.
  mutating func object(
    _ title: String, _ member: (inout StrictJSONScanner, String) throws(FileError) -> Void
  ) throws(FileError) {
    try expect("{", "\(title), an object,")
    var keys: Set<String> = []
    if skip("}") { return }
    repeat {
      guard keys.count < memberLimit else { throw unexpected("at most \(memberLimit) members of \(title)") }
      let key = try string("a key")
      guard keys.insert(key).inserted else {
        throw .malformed(file: name, expected: "different keys in \(title)", found: "'\(key)' twice")
      }
      try expect(":", "a colon")
      try member(&self, key)
    } while skip(",")
    try expect("}", "a comma or the end of \(title)")
  }

  /// Reads an array of whole numbers, at most `limit`.
  mutating func integers(_ title: String, limit: Int) throws(FileError) -> [Int] {
    try expect("[", "\(title), a list of numbers,")
    var values: [Int] = []
    if skip("]") { return values }
    repeat {
      guard values.count < limit else { throw unexpected("at most \(limit) numbers for \(title)") }
      values.append(try integer())
    } while skip(",")
    try expect("]", "a comma or the end of \(title)")
    return values
  }

  /// Checks that nothing but white space is left.
  mutating func end() throws(FileError) {
    skipWhiteSpace()
    guard position == bytes.count else { throw unexpected("nothing more") }
  }

  private mutating func skipWhiteSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }

  /// Passes over the character if it comes next.
  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    skipWhiteSpace()
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ character: Unicode.Scalar, _ title: String) throws(FileError) {
    guard skip(character) else { throw unexpected(title) }
  }

  private mutating func integer() throws(FileError) -> Int {
    skipWhiteSpace()
    let start = position
    var value = 0
    while position < bytes.count, (48...57).contains(bytes[position]) {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, overflows) = product.addingReportingOverflow(Int(bytes[position]) - 48)
      guard !overflow, !overflows else {
        position = start
        throw unexpected("a number that fits in 64 bits")
      }
      value = sum
      position += 1
    }
    let hasLeadingZero = position - start > 1 && bytes[start] == 48
    let goesOn = position < bytes.count && [0x2E, 0x45, 0x65].contains(bytes[position])
    guard position > start, !hasLeadingZero, !goesOn else {
      position = start
      throw unexpected("a whole number")
    }
    return value
  }
}

// MARK: Strings

extension StrictJSONScanner {
  /// Reads a string.
  mutating func string(_ title: String) throws(FileError) -> String {
    try expect("\"", "\(title), a string,")
    let start = position
    var text: [UInt8] = []
    while position < bytes.count {
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else {
          position = start
          throw unexpected("text in UTF-8")
        }
        position += 1
        return string
      case UInt8(ascii: "\\"):
        position += 1
        text.append(contentsOf: try escape())
      case ..<0x20: throw unexpected("no control character in a string")
      default:
        text.append(byte)
        position += 1
      }
    }
    throw unexpected("the end of a string")
  }

  /// What stands after a backslash, in UTF-8.
  private mutating func escape() throws(FileError) -> [UInt8] {
    guard position < bytes.count else { throw unexpected("an escape") }
    if let byte = Self.plainEscape(bytes[position]) {
      position += 1
      return [byte]
    }
    let unit = try escapedUnit()
    guard UTF16.isLeadSurrogate(unit) else {
      guard let scalar = Unicode.Scalar(unit) else { throw unexpected("a first half before this surrogate") }
      return Array(String(scalar).utf8)
    }
    guard position < bytes.count, bytes[position] == UInt8(ascii: "\\") else {
      throw unexpected("the second half of a surrogate pair")
    }
    position += 1
    let second = try escapedUnit()
    guard UTF16.isTrailSurrogate(second) else { throw unexpected("the second half of a surrogate pair") }
    return Array(String(decoding: [unit, second], as: UTF16.self).utf8)
  }

  private static func plainEscape(_ byte: UInt8) -> UInt8? {
    switch Unicode.Scalar(byte) {
    case "\"", "\\", "/": byte
    case "b": 0x08
    case "f": 0x0C
    case "n": 0x0A
    case "r": 0x0D
    case "t": 0x09
    default: nil
    }
  }

  /// The UTF-16 code unit of `u` and four hexadecimal digits.
  private mutating func escapedUnit() throws(FileError) -> UInt16 {
    let digits = bytes[position...].dropFirst().prefix(4)
    guard bytes.indices.contains(position), bytes[position] == UInt8(ascii: "u"), digits.count == 4,
      digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let unit = UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw unexpected("an escape that JSON knows") }
    position += 5
    return unit
  }
}
