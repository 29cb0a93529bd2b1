// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetDatasetsAugmentation1() throws {
  let augmenter = Augmenter(Augmentation(shift: 2), seed: 1, epoch: epoch)
  let batches = Batches(samples, size: 64, order: .shuffled(seed: 1, epoch: epoch), augmenter: augmenter)
  _ = augmenter
  _ = batches
}
