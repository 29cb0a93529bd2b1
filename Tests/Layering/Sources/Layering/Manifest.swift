/// A package as `swift package dump-package` describes it, as far as layers are concerned.
public struct Manifest: Decodable, Sendable {
  public var name: String
  public var targets: [Target]
  public var products: [Product]
  public var platforms: [JSON]
  public var swiftLanguageVersions: [String]?
  public var toolsVersion: JSON
  var dependencies: [[String: JSON]]

  /// Whether the package needs another one that does not lie beside it.
  public var hasExternalDependencies: Bool {
    dependencies.contains { $0["fileSystem"] == nil }
  }

  public struct Product: Decodable, Sendable, Equatable {
    public var name: String
    public var targets: [String]
    public var type: JSON
  }

  public struct Target: Decodable, Sendable {
    public var name: String
    public var type: String
    var path: String?
    public var dependencies: [Dependency]
    public var settings: [JSON]
    public var resources: [JSON]
    public var exclude: [String]

    /// The folder of the sources below the package's own.
    public var folder: String {
      path ?? (type == "test" ? "Tests/\(name)" : "Sources/\(name)")
    }
  }

  /// What a target depends on: another target, or a product, which here always has the name of its module.
  public struct Dependency: Decodable, Sendable {
    public var module: String

    init(module: String) { self.module = module }

    public init(from decoder: any Decoder) throws {
      let kinds = try decoder.singleValueContainer().decode([String: JSON].self)
      guard kinds.count == 1, case .array(let values)? = kinds.first?.value, let name = values.first?.text else {
        throw DecodingError.dataCorrupted(
          .init(codingPath: decoder.codingPath, debugDescription: "a dependency reads \(JSON.object(kinds))"))
      }
      self.init(module: name)
    }
  }
}
