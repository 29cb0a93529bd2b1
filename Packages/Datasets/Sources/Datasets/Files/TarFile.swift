import TensorCore

/// The files in a tar archive: headers of 512 bytes, each with the content of a file after it, filled up to 512.
///
/// Plain files with names of up to 100 bytes (and a prefix of 155) are found; links, folders and the like are passed over.
///
/// Format: POSIX.1-1988 (`ustar`).
public struct TarFile: Sendable {
  /// Where the content of each file lies, by name.
  public let contents: [String: Range<Int>]
  /// The whole archive.
  public let bytes: [UInt8]

  /// The archive in these bytes.
  ///
  /// - Throws: `FileError.malformed` for a header with a wrong checksum or size, or an archive that is
  ///   cut.
  public init(_ bytes: [UInt8], name: String = "the tar data") throws(FileError) {
    var contents: [String: Range<Int>] = [:]
    var position = 0
    while position + 512 <= bytes.count {
      let header = bytes[position..<position + 512]
      // The archive ends with blocks of zeros.
      guard header.contains(where: { $0 != 0 }) else { break }
      let sum = header.enumerated().reduce(0) { $0 + ((148..<156).contains($1.offset) ? 32 : Int($1.element)) }
      guard let stored = Self.octal(header[(position + 148)..<(position + 156)]), stored == sum else {
        throw .malformed(
          file: name, expected: "a tar header with the checksum \(sum) at byte \(position)", found: "another")
      }
      guard let size = Self.octal(header[(position + 124)..<(position + 136)]), size <= bytes.count - position - 512
      else {
        throw .malformed(
          file: name, expected: "a file that ends within the archive", found: "the header at byte \(position)")
      }
      let kind = bytes[position + 156]
      if kind == 0 || kind == UInt8(ascii: "0") {
        let prefix = Self.text(header[(position + 345)..<(position + 500)])
        let own = Self.text(header[position..<(position + 100)])
        let start = position + 512
        contents[prefix.isEmpty ? own : prefix + "/" + own] = start..<(start + size)
      }
      position += 512 + (size + 511) / 512 * 512
    }
    self.bytes = bytes
    self.contents = contents
  }

  /// The content of the file whose name, without its folders, is `name`; nil when there is none.
  public func content(named name: String) -> [UInt8]? {
    let path = contents.keys.filter { $0 == name || $0.hasSuffix("/" + name) }.min()
    return path.flatMap { contents[$0] }.map { Array(bytes[$0]) }
  }

  /// A number in octal digits, which spaces may precede and a space or 0 ends.
  private static func octal(_ field: ArraySlice<UInt8>) -> Int? {
    let digits = field.drop { $0 == 32 }.prefix { $0 != 32 && $0 != 0 }
    guard digits.count <= 12, digits.allSatisfy({ (48...55).contains($0) }) else { return nil }
    return digits.reduce(0) { $0 * 8 + Int($1 - 48) }
  }

  private static func text(_ field: ArraySlice<UInt8>) -> String {
    String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
  }
}
