/// The data sets that are known by name.
public enum DatasetCatalog {
  /// All of them.
  public static let sources: [any DatasetSource] =
    [
      Digits(), MNISTFamily.mnist, MNISTFamily.fashionMNIST, MNISTFamily.kmnist, CIFAR.cifar10, CIFAR.cifar100,
      CIFAR.cifar100Groups,
    ] + EMNIST.Arrangement.allCases.map { EMNIST($0) as any DatasetSource }

  /// Their names.
  public static var names: [String] { sources.map(\.information.name) }

  /// The data set of that name.
  ///
  /// - Throws: ``DatasetError`` for a name that none has, with all there are.
  public static func source(named name: String) throws(DatasetError) -> any DatasetSource {
    guard let source = sources.first(where: { $0.information.name == name }) else {
      throw DatasetError(
        .unknownName, "data set", expected: "one of \(names.joined(separator: ", "))", found: "'\(name)'")
    }
    return source
  }
}
