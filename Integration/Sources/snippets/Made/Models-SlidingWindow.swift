// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetModelsFullyConvolutional1() throws {
  let segmentation = FullyConvolutional(PixelClassifier(.light), patchSize: 21)
  _ = segmentation
}

func snippetModelsPixelClassifier1() throws {
  let classifier = PixelClassifier(.light)
  let segmentation = classifier.fullyConvolutional()
  _ = classifier
  _ = segmentation
}
