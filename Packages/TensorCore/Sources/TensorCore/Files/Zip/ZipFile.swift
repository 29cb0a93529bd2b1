/// A zip archive whose files are read one at a time: stored or deflated, up to 4 GiB, not encrypted.
///
/// Opening reads the directory only. Each file's size and CRC-32 are compared with what the directory says.
public struct ZipFile: Sendable {
  /// The names of the files, with their folders, in the order of the archive. Folders have names that end in a slash.
  public let names: [String]
  private let archive: ZipArchive
  private let path: String

  /// Opens the archive at `path`.
  ///
  /// - Throws: ``FileError`` when it cannot be read or its directory is wrong.
  public init(path: String) throws(FileError) {
    archive = try ZipArchive(reading: InputFile(path: path))
    names = archive.entries.map(\.name)
    self.path = path
  }

  /// The bytes of the file `name`, at most `limit` of them; which bounds the memory.
  ///
  /// - Throws: ``FileError`` when there is none of this name, it is larger, or broken.
  public func contents(of name: String, limit: Int) throws(FileError) -> [UInt8] {
    guard let entry = archive.entries.first(where: { $0.name == name }) else {
      throw .malformed(file: path, expected: "a file '\(name)' in the archive", found: "none of this name")
    }
    return try archive.contents(of: entry, limit: limit)
  }
}
