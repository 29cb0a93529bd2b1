import ArgumentParser
import Models

/// A network with its weights, and the images that it is given as an array: for commands that other programs call.
struct NetworkFileOptions: ParsableArguments {
  @Option(help: Wording.model(), completion: .list(ModelCatalog.names))
  var model: String

  @Option(help: Wording.weights, completion: .file(extensions: ["safetensors"]))
  var weights: String

  @Option(help: ArgumentHelp("The images, an npy file.", valueName: "file"), completion: .file(extensions: ["npy"]))
  var input: String

  /// The network's entry in the catalogue.
  func entry() throws -> ModelEntry { try ModelLookup.entry(named: model) }
}
