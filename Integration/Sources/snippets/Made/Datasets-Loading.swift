// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetDatasetsBatches1() throws {
  let samples = PreparedImages(splits.training, preprocessing)
  for batch in Batches(samples, size: 64, order: .shuffled(seed: 1, epoch: 0)).prefetched() {
    train(batch.images, batch.labels)
  }
  _ = samples
}

func snippetDatasetsPrefetchedEpochs1() throws {
  let epochs = PrefetchedEpochs(0..<12) { epoch in
    Batches(samples, size: 64, order: .shuffled(seed: 1, epoch: epoch))
  }
  for batch in epochs { train(batch.images, batch.labels) }
  _ = epochs
}
