// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetDatasetsMixedBatch1() throws {
  let mixer = BatchMixer(.mixup(alpha: 0.2), seed: 1, epoch: epoch)
  for batch in batches {
    let mixed = mixer.mixed(batch, classCount: 10)
    train(mixed.images, mixed.targets)
  }
  _ = mixer
}
