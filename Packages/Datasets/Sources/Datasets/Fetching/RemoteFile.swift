import Foundation

/// A file of a data set as its publisher offers it.
public struct RemoteFile: Sendable, Hashable {
  /// Its name in the data set's folder.
  public let name: String
  /// Where it can be fetched, to be tried in order.
  public let mirrors: [URL]
  /// Its length in bytes.
  public let byteCount: Int
  /// Its SHA-256 checksum, 64 hexadecimal digits.
  public let sha256: String

  /// A file.
  public init(name: String, mirrors: [URL], byteCount: Int, sha256: String) {
    self.name = name
    self.mirrors = mirrors
    self.byteCount = byteCount
    self.sha256 = sha256
  }
}
