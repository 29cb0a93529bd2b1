/// This library, as runs record it.
public struct Library: Sendable, Equatable, Codable {
  /// Its name.
  public let name: String
  /// Its version; semantic.
  public let version: String

  /// The library that runs.
  public static let current = Library(name: "needletail", version: "0.1.0")
}
