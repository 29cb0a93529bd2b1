// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetModelsLeNet19981() throws {
  let network = LeNet1998()
  _ = network
}

func snippetModelsLeNet281() throws {
  let network = LeNet28()
  _ = network
}

func snippetModelsNetworkInNetwork1() throws {
  let network = NetworkInNetwork()
  _ = network
}

func snippetModelsNetworkInNetwork2() throws {
  let network = NetworkInNetworkLite(inputChannels: 1)
  _ = network
}

func snippetModelsRadialBasisOutput1() throws {
  let layer = RadialBasisOutput(centers: Tensor([1, -1, -1, 1], shape: [2, 2]))
  _ = layer
}

func snippetModelsRadialBasisOutput2() throws {
  let loss = penalizedDistanceLoss(model(images, context), labels)
  _ = loss
}
