/// What one should know of a data set: its names, classes, licence and origin.
public struct DatasetInformation: Sendable, Hashable, Codable {
  /// The name in commands and files: `fashion-mnist`.
  public let name: String
  /// The name in print: `Fashion-MNIST`.
  public let title: String
  /// The name of each class; a label is an index into it.
  public let classNames: [String]
  /// The licence of the data.
  public let license: String
  /// Whom to cite.
  public let citation: String
  /// Where the data are described.
  public let homepage: String

  /// Facts of a data set.
  public init(
    name: String, title: String, classNames: [String], license: String, citation: String, homepage: String
  ) {
    self.name = name
    self.title = title
    self.classNames = classNames
    self.license = license
    self.citation = citation
    self.homepage = homepage
  }
}
