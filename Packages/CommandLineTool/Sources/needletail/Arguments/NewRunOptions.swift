import ArgumentParser
import Datasets
import Models

/// Which network a new run trains, and on what: for `train` and `search`.
struct NewRunOptions: ParsableArguments {
  @Option(help: Wording.model(), completion: .list(ModelCatalog.names))
  var model: String?

  @Option(help: Wording.dataset, completion: .list(DatasetLookup.names))
  var dataset: String?

  @OptionGroup var images: FolderOptions

  /// Checks that network and data set are named, and that options for a folder of images go with one.
  func check() throws {
    if model == nil {
      throw ValidationError("--model: expected one of \(ModelCatalog.names.joined(separator: ", ")), found none")
    }
    if dataset != ImageFolder.name, let first = images.given.first {
      throw ValidationError("\(first) is for --dataset folder")
    }
    if dataset == nil {
      throw ValidationError("--dataset: expected one of \(DatasetLookup.names.joined(separator: ", ")), found none")
    }
  }

  /// The network's entry in the catalogue.
  ///
  /// - Throws: `UsageError` with the nearest names where there is none, or for a network that gives each pixel a class.
  func entry() throws -> ModelEntry {
    try ModelLookup.classifier(
      named: model ?? "",
      advice: "; Integration/Sources/Jobs/Segmentation.swift trains such a network with the library")
  }

  /// The data set, its images seen as the network takes them.
  func source(_ data: DataOptions, for entry: ModelEntry) throws -> any DatasetSource {
    try DatasetLookup.source(named: dataset ?? "", data: data, images.view(for: entry))
  }
}
