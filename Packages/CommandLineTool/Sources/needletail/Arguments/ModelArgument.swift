import ArgumentParser
import Models

/// The network that a command looks at.
struct ModelArgument: ParsableArguments {
  @Argument(help: Wording.model("model"), completion: .list(ModelCatalog.names))
  var model: String

  /// Its entry in the catalogue.
  ///
  /// - Throws: `UsageError` with the nearest names where there is none.
  func entry() throws -> ModelEntry { try ModelLookup.entry(named: model, place: "model") }
}
