// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetNNLayersNNLayers1() throws {
  let network = Sequential(
    Conv2d(3, 16, kernelSize: 3, padding: 1), BatchNorm2d(16), ReLU(),
    GlobalAveragePool2d(), Flatten(), Linear(16, 10))
  let context = Context.training(seed: 1)
  let loss = crossEntropy(network(images, context), labels)
  let gradients = loss.gradients()
  let answers = try network.predict(images).argmax(along: 1)
  _ = network
  _ = context
  _ = loss
  _ = gradients
  _ = answers
}
