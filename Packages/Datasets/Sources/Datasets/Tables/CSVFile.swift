import TensorCore

/// A table in text: rows of fields with commas (or another separator) between them.
///
/// A field may stand in quotes, in which commas and line ends are its own and two quotes are one; lines end with a line feed,
/// with a carriage return before it or not; an empty last line is none. All rows have as many fields.
///
/// Format: RFC 4180.
public struct CSVFile: Sendable, Hashable {
  /// The names of the columns: the first row, or `column 1` and so on.
  public let columnNames: [String]
  /// The other rows.
  public let rows: [[String]]
  /// What errors call the file.
  public let name: String

  /// The most bytes that a file may have: 1 GiB.
  public static let largestFile = 1 << 30

  /// Reads the file at `path`.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - hasHeader: whether the first row names the columns.
  ///   - separator: the character between fields, in ASCII.
  /// - Throws: `FileError` when it cannot be read or is no table.
  public init(path: String, hasHeader: Bool = true, separator: Character = ",") throws(FileError) {
    try self.init(
      InputFile.contents(of: path, limit: Self.largestFile), name: path, hasHeader: hasHeader, separator: separator)
  }

  /// The table in the bytes of a file, UTF-8.
  public init(
    _ bytes: [UInt8], name: String = "the table", hasHeader: Bool = true, separator: Character = ","
  ) throws(FileError) {
    guard let comma = separator.asciiValue, separator != "\"", separator != "\n" else {
      throw .malformed(file: name, expected: "a separator in ASCII", found: "'\(separator)'")
    }
    var rows = try Self.rows(bytes, comma: comma, name: name)
    guard let first = rows.first else { throw .malformed(file: name, expected: "at least one row", found: "none") }
    for (number, row) in rows.enumerated() where row.count != first.count {
      throw .malformed(
        file: name, expected: "\(first.count) fields in row \(number + 1)", found: "\(row.count)")
    }
    if hasHeader { rows.removeFirst() }
    columnNames = hasHeader ? first : (1...first.count).map { "column \($0)" }
    self.rows = rows
    self.name = name
  }

  private static func rows(_ bytes: [UInt8], comma: UInt8, name: String) throws(FileError) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var field: [UInt8] = []
    var (isQuoted, wasQuoted) = (false, false)
    func endField() {
      row.append(String(decoding: field, as: UTF8.self))
      field.removeAll(keepingCapacity: true)
      wasQuoted = false
    }
    // A mark that some programs put before UTF-8.
    var position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if isQuoted {
        guard byte == UInt8(ascii: "\"") else {
          field.append(byte)
          continue
        }
        let isDoubled = position < bytes.count && bytes[position] == UInt8(ascii: "\"")
        if isDoubled { field.append(byte) }
        position += isDoubled ? 1 : 0
        isQuoted = isDoubled
        continue
      }
      switch byte {
      case UInt8(ascii: "\"") where field.isEmpty && !wasQuoted: (isQuoted, wasQuoted) = (true, true)
      case comma: endField()
      case UInt8(ascii: "\n"):
        endField()
        rows.append(row)
        row = []
      case UInt8(ascii: "\r") where position < bytes.count && bytes[position] == UInt8(ascii: "\n"): break
      default:
        guard !wasQuoted else {
          throw .malformed(file: name, expected: "a separator after the quotes in row \(rows.count + 1)", found: "more")
        }
        field.append(byte)
      }
    }
    guard !isQuoted else {
      throw .malformed(file: name, expected: "closing quotes in row \(rows.count + 1)", found: "the end of the file")
    }
    guard !row.isEmpty || !field.isEmpty || wasQuoted else { return rows }
    endField()
    return rows + [row]
  }
}
