// Made by Tests/Tools/snippets --write from the documentation in folders of this name.
import Models
import Training

func snippetFullyConvolutional1() throws {
  let segmentation = FullyConvolutional(PixelClassifier(.light), patchSize: 21)
  _ = segmentation
}

func snippetPixelClassifier1() throws {
  let classifier = PixelClassifier(.light)
  let segmentation = classifier.fullyConvolutional()
  _ = classifier
  _ = segmentation
}
