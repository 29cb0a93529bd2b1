/// An `import` in a Swift source.
public struct Import: Equatable, Sendable {
  /// The module, without what is picked from it: `Foundation` for `import struct Foundation.Date`.
  public var module: String
  /// Counted from 1.
  public var line: Int

  public init(module: String, line: Int) {
    self.module = module
    self.line = line
  }
}

/// Every `import` of a Swift source, whatever stands before it (attributes, an access level) or around it (`#if`).
///
/// `import` is a reserved word: outside comments and literals it is a declaration, unless it is escaped or a label.
public func imports(in source: String) -> [Import] {
  let words = words(of: blankingCommentsAndLiterals(source))
  var found: [Import] = []
  for (index, word) in words.enumerated() where word.text == "import" {
    var next = words[(index + 1)...].prefix(2)
    if let first = next.first, kinds.contains(first.text) { next.removeFirst() }
    guard let module = next.first?.text.moduleName else { continue }
    found.append(Import(module: module, line: word.line))
  }
  return found
}

private let kinds: Set<Substring> = ["typealias", "struct", "class", "enum", "protocol", "let", "var", "func", "actor"]

/// What spaces, lines, semicolons and closing parentheses separate; other marks stay (`.import`, `import:`).
private func words(of code: String) -> [(text: Substring, line: Int)] {
  code.split(separator: "\n", omittingEmptySubsequences: false).enumerated().flatMap { number, line in
    line.split { $0.isWhitespace || $0 == ";" || $0 == ")" }.map { ($0, number + 1) }
  }
}

extension Substring {
  /// The module in `Module`, `Module.part` or either in backticks; nil for anything else.
  fileprivate var moduleName: String? {
    let name = prefix { $0 != "." }.filter { $0 != "`" }
    return !name.isEmpty && name.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } ? name : nil
  }
}

/// The same lines with comments and the insides of string literals replaced by spaces.
func blankingCommentsAndLiterals(_ source: String) -> String {
  let bytes = Array(source.utf8)
  var result = bytes
  var position = 0

  func at(_ offset: Int, _ text: StaticString) -> Bool {
    text.withUTF8Buffer { bytes[min(offset, bytes.count)...].starts(with: $0) }
  }
  func blank(to end: Int) {
    for index in position..<min(end, bytes.count) where bytes[index] != UInt8(ascii: "\n") {
      result[index] = UInt8(ascii: " ")
    }
    position = end
  }

  while position < bytes.count {
    if at(position, "//") {
      blank(to: bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count)
    } else if at(position, "/*") {
      blank(to: endOfComment(bytes, from: position))
    } else if at(position, "\"") || at(position, "#\"") || at(position, "##") {
      blank(to: endOfLiteral(bytes, from: position))
    } else {
      position += 1
    }
  }
  return String(decoding: result, as: UTF8.self)
}

/// The end of the block comment that starts here; such comments nest.
private func endOfComment(_ bytes: [UInt8], from start: Int) -> Int {
  var depth = 0
  var position = start
  while position < bytes.count {
    if bytes[position...].starts(with: "/*".utf8) {
      depth += 1
      position += 2
    } else if bytes[position...].starts(with: "*/".utf8) {
      depth -= 1
      position += 2
      if depth == 0 { return position }
    } else {
      position += 1
    }
  }
  return bytes.count
}

/// The end of the string literal that starts here, with any number of `#`. One of a single line ends with the line at
/// the latest, so that a quote which is none (in a regular expression) hides nothing below it.
private func endOfLiteral(_ bytes: [UInt8], from start: Int) -> Int {
  let hashes = bytes[start...].prefix { $0 == UInt8(ascii: "#") }.count
  var position = start + hashes
  guard bytes[position...].first == UInt8(ascii: "\"") else { return position }
  let isMultiline = bytes[position...].starts(with: "\"\"\"".utf8)
  let quotes = Array(repeating: UInt8(ascii: "\""), count: isMultiline ? 3 : 1)
  let closing = quotes + Array(repeating: UInt8(ascii: "#"), count: hashes)
  let escape = [UInt8(ascii: "\\")] + Array(repeating: UInt8(ascii: "#"), count: hashes)
  position += quotes.count
  while position < bytes.count {
    let rest = bytes[position...]
    if rest.starts(with: closing) { return position + closing.count }
    if !isMultiline, rest.first == UInt8(ascii: "\n") { return position }
    position += rest.starts(with: escape) ? escape.count + 1 : 1
  }
  return bytes.count
}
