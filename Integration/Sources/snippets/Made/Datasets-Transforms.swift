// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetDatasetsImageTransform1() throws {
  let augmenter = Augmenter(
    transforms: [RandomResizedCrop(ImageSize(height: 224, width: 224)), RandomHorizontalFlip(), ColorJitter(hue: 0.1)],
    seed: 1, epoch: epoch)
  _ = augmenter
}
