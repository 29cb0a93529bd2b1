import ArgumentParser

/// The data set that a command of `datasets` is about: its name alone, or `--dataset` as elsewhere.
struct DatasetOption: ParsableArguments {
  @Argument(help: Wording.dataset, completion: .list(DatasetLookup.names))
  var name: String?

  @Option(help: .hidden, completion: .list(DatasetLookup.names))
  var dataset: String?

  func validate() throws {
    if let name, let dataset { throw ValidationError("data set: expected one, found '\(name)' and '\(dataset)'") }
    if name ?? dataset == nil {
      throw ValidationError(
        "data set: expected one of \(DatasetLookup.names.joined(separator: ", ")), found none")
    }
  }

  /// The name that was given.
  var value: String { name ?? dataset ?? "" }
}
