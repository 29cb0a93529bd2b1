// Made by Tests/Tools/snippets --write from the documentation in folders of this name.
import Models
import Training

func snippetVGG1() throws {
  let network = VGG(.vgg16, hasBatchNorm: true)
  _ = network
}

func snippetVGG2() throws {
  let network = VGGLite(inputChannels: 1)
  _ = network
}
