// Made by Tests/Tools/snippets --write from the documentation in folders of this name.
import Models
import Training

func snippetAlexNet1() throws {
  let network = AlexNet(classCount: 10)
  _ = network
}

func snippetAlexNet2() throws {
  let network = AlexNetLite(inputChannels: 1)
  _ = network
}

func snippetAlexNet20121() throws {
  let network = AlexNet2012()
  let response = network.layers["norm1"]
  _ = network
  _ = response
}

func snippetZFNet1() throws {
  let network = ZFNet()
  _ = network
}
