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
    _ entry: ModelEntry, dataset: String, _ data: DataOptions, seed: UInt64, saying say: (String) -> Void
  ) async throws {
    let size = ImageSize(height: entry.facts.input[1], width: entry.facts.input[2])
    let source = try DatasetLookup.source(named: dataset, data: data, FolderView(imageSize: size))
    let splits = try await source.load(data, saying: say)
    let classCount = splits.training.classNames.count
    let preprocessing = try entry.fitting(source.preprocessing(fittedTo: splits.training), classCount: classCount)
    samples = PreparedImages(splits.training, preprocessing)
    network = seeded(seed) { entry.make(preprocessing.channels, classCount) }
    loss = RecommendedSettings.loss(of: entry.name)
  }
}
