import Datasets
import Models
import NNLayers
import Training

/// A new network with the images that it would be trained on.
struct TrainingSubject {
  let network: any Layer
  let samples: PreparedImages
  let loss: TrainingLoss

  /// A new network for a data set's images.
  ///
  /// - Throws: `UsageError` for unknown names and folders that do not go with the data set; what names a broken file.
  init(
    _ entry: ModelEntry, dataset: String, _ images: FolderOptions, _ data: DataOptions, seed: UInt64,
    saying say: (String) -> Void
  ) async throws {
    let source = try DatasetLookup.source(named: dataset, data: data, images.view(for: entry))
    let splits = try await source.load(data, saying: say)
    let classCount = splits.training.classNames.count
    let preprocessing = try images.preprocessing(
      source.preprocessing(fittedTo: splits.training), source, for: entry)
    let network = seeded(seed) { entry.make(preprocessing.channels, classCount) }
    samples = PreparedImages(splits.training, preprocessing)
    try checkFit(network, samples)
    self.network = network
    loss = RecommendedSettings.loss(of: entry.name)
  }
}
