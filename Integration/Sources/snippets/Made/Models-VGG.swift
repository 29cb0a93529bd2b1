// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetModelsVGG1() throws {
  let network = VGG(.vgg16, hasBatchNorm: true)
  _ = network
}

func snippetModelsVGG2() throws {
  let network = VGGLite(inputChannels: 1)
  _ = network
}
