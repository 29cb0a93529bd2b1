// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetDatasetsDatasets1() throws {
  let splits = try Digits().load()
  let recipe = try Digits().preprocessing(fittedTo: splits.training)
  let samples = PreparedImages(splits.training, recipe)
  let batches = Batches(samples, size: 64, order: .shuffled(seed: 1, epoch: 0))
  for batch in batches.prefetched() {
    print(batch.images.shape, batch.labels.shape)  // [64, 1, 32, 32] [64]
  }
  _ = splits
  _ = recipe
  _ = samples
  _ = batches
}
