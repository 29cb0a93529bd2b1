// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetModelsGoogLeNet1() throws {
  let network = GoogLeNet(classCount: 10, hasAuxiliaryHeads: true)
  let loss = network.loss(Variable(images), labels, .training(seed: 1))
  _ = network
  _ = loss
}

func snippetModelsGoogLeNet2() throws {
  let network = GoogLeNetLite(inputChannels: 1)
  _ = network
}

func snippetModelsInception1() throws {
  let naive = Inception.naive(192, one: 64, three: 128, five: 32)  // [N, 416, H, W]
  let reduced = Inception.reduced(192, .init(64, 96, 128, 16, 32, 32))  // [N, 256, H, W], two fifths of the work
  _ = naive
  _ = reduced
}
