/// A value written as Python writes its literals, as far as `.npy` headers use them.
enum PythonLiteral: Equatable {
  case text(String)
  case integer(Int)
  case boolean(Bool)
  case none
  case tuple([PythonLiteral])
  case list([PythonLiteral])
  case dictionary([Member])

  struct Member: Equatable {
    let key: String
    let value: PythonLiteral
  }

  /// The deepest nesting: a header's own has two levels, those of arrays of structures some more.
  static let maximumDepth = 8
  /// The most members of a dictionary: a header has three.
  static let maximumMembers = 64
}

/// Reads one Python literal and nothing else.
struct PythonLiteralParser {
  private let bytes: [UInt8]
  private let name: String
  private var position = 0

  /// `name` stands for the bytes in errors.
  init(_ bytes: [UInt8], name: String) {
    self.bytes = bytes
    self.name = name
  }

  /// The literal that the bytes hold, with white space around it.
  mutating func parse() throws(FileError) -> PythonLiteral {
    let value = try value(depth: 0)
    skipWhiteSpace()
    guard position == bytes.count else { throw unexpected("nothing more") }
    return value
  }

  private func unexpected(_ expected: String) -> FileError {
    let found =
      position < bytes.count
      ? "'\(String(decoding: bytes[position...].prefix(12), as: UTF8.self))' at byte \(position)" : "its end"
    return .malformed(file: name, expected: "\(expected) in the npy header", found: found)
  }

  private var next: Unicode.Scalar? { position < bytes.count ? Unicode.Scalar(bytes[position]) : nil }

  private mutating func skipWhiteSpace() {
    while let next, next == " " || next == "\n" || next == "\t" || next == "\r" { position += 1 }
  }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    skipWhiteSpace()
    guard next == character else { return false }
    position += 1
    return true
  }

  private mutating func value(depth: Int) throws(FileError) -> PythonLiteral {
    guard depth < PythonLiteral.maximumDepth else {
      throw unexpected("at most \(PythonLiteral.maximumDepth) levels of nesting")
    }
    skipWhiteSpace()
    guard let next else { throw unexpected("a value") }
    switch next {
    case "{": return .dictionary(try dictionary(depth: depth))
    case "(": return try tuple(depth: depth)
    case "[": return .list(try values(until: "]", depth: depth).values)
    case "'", "\"": return .text(try text())
    case "-", "0"..."9": return .integer(try integer())
    default: return try word()
    }
  }

  private mutating func dictionary(depth: Int) throws(FileError) -> [PythonLiteral.Member] {
    position += 1
    var members: [PythonLiteral.Member] = []
    while !skip("}") {
      let key = try text()
      guard !members.contains(where: { $0.key == key }) else {
        throw .malformed(file: name, expected: "different keys in the npy header", found: "'\(key)' twice")
      }
      guard members.count < PythonLiteral.maximumMembers else {
        throw unexpected("at most \(PythonLiteral.maximumMembers) keys")
      }
      guard skip(":") else { throw unexpected("a colon") }
      members.append(.init(key: key, value: try value(depth: depth + 1)))
      if skip(",") { continue }
      guard skip("}") else { throw unexpected("a comma or '}'") }
      break
    }
    return members
  }

  /// A tuple; a single value in brackets without a comma is that value, as in Python.
  private mutating func tuple(depth: Int) throws(FileError) -> PythonLiteral {
    let (values, endsWithComma) = try values(until: ")", depth: depth)
    return values.count == 1 && !endsWithComma ? values[0] : .tuple(values)
  }

  private mutating func values(
    until end: Unicode.Scalar, depth: Int
  ) throws(FileError) -> (values: [PythonLiteral], endsWithComma: Bool) {
    position += 1
    var values: [PythonLiteral] = []
    while !skip(end) {
      values.append(try value(depth: depth + 1))
      if skip(",") { continue }
      guard skip(end) else { throw unexpected("a comma or '\(end)'") }
      return (values, false)
    }
    return (values, true)
  }

  private mutating func text() throws(FileError) -> String {
    skipWhiteSpace()
    guard let quote = next, quote == "'" || quote == "\"" else { throw unexpected("text in quotes") }
    let start = position + 1
    guard let end = bytes[start...].firstIndex(of: UInt8(ascii: quote)),
      !bytes[start..<end].contains(where: { $0 == UInt8(ascii: "\\") || $0 < 0x20 }),
      let text = String(validating: bytes[start..<end], as: UTF8.self)
    else { throw unexpected("text without escapes, in quotes") }
    position = end + 1
    return text
  }

  private mutating func integer() throws(FileError) -> Int {
    let start = position
    if next == "-" { position += 1 }
    while let next, ("0"..."9").contains(next) { position += 1 }
    guard let value = Int(String(decoding: bytes[start..<position], as: UTF8.self)) else {
      position = start
      throw unexpected("a whole number of 64 bits")
    }
    // Python 2 ended its long integers so.
    if next == "L" { position += 1 }
    return value
  }

  private mutating func word() throws(FileError) -> PythonLiteral {
    let words: [(String, PythonLiteral)] = [("True", .boolean(true)), ("False", .boolean(false)), ("None", .none)]
    for (word, value) in words where bytes[position...].starts(with: word.utf8) {
      position += word.utf8.count
      return value
    }
    throw unexpected("a value")
  }
}
