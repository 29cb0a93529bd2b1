import ArgumentParser
import Models

/// The network that a command looks at: `--model resnet18`, or its name alone.
struct NetworkOption: ParsableArguments {
  @Option(help: Wording.model(), completion: .list(ModelCatalog.names))
  var model: String?

  @Argument(help: .hidden, completion: .list(ModelCatalog.names))
  var alone: String?

  func validate() throws {
    if let model, let alone { throw ValidationError("--model: expected one network, found '\(model)' and '\(alone)'") }
  }

  /// The name that was given; nil for none.
  var name: String? { model ?? alone }

  /// The name that was given.
  ///
  /// - Throws: `UsageError` for none.
  func required() throws -> String {
    guard let name else {
      throw UsageError("--model: expected one of \(ModelCatalog.names.joined(separator: ", ")), found none")
    }
    return name
  }

  /// The network's entry in the catalogue.
  ///
  /// - Throws: `UsageError` with the nearest names where there is none.
  func entry() throws -> ModelEntry { try ModelLookup.entry(named: required()) }
}
