// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetModelsAlexNet1() throws {
  let network = AlexNet(classCount: 10)
  _ = network
}

func snippetModelsAlexNet2() throws {
  let network = AlexNetLite(inputChannels: 1)
  _ = network
}

func snippetModelsAlexNet20121() throws {
  let network = AlexNet2012()
  let response = network.layers["norm1"]
  _ = network
  _ = response
}

func snippetModelsZFNet1() throws {
  let network = ZFNet()
  _ = network
}
