// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetDatasetsDatasets1() throws {
  let splits = try Digits().load()
  let recipe = try Digits().preprocessing(fittedTo: splits.training)
  let samples = PreparedImages(splits.training, recipe)
  for batch in Batches(samples, size: 64, order: .shuffled(seed: 1, epoch: 0)).prefetched() {
    print(batch.images.shape, batch.labels.shape)  // [64, 1, 32, 32] [64]
  }
  _ = splits
  _ = recipe
  _ = samples
}
