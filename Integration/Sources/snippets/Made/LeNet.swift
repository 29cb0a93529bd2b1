// Made by Tests/Tools/snippets --write from the documentation in folders of this name.
import Models
import Training

func snippetLeNet19981() throws {
  let network = LeNet1998()
  _ = network
}

func snippetLeNet281() throws {
  let network = LeNet28()
  _ = network
}

func snippetNetworkInNetwork1() throws {
  let network = NetworkInNetwork()
  _ = network
}

func snippetRadialBasisOutput1() throws {
  let layer = RadialBasisOutput(centers: Tensor([1, -1, -1, 1], shape: [2, 2]))
  _ = layer
}

func snippetRadialBasisOutput2() throws {
  let loss = penalizedDistanceLoss(model(images, context), labels)
  _ = loss
}
