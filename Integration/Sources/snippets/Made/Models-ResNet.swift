// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetModelsCIFARResNet1() throws {
  let residual = CIFARResNet(depth: 56)
  let plain = CIFARResNet(depth: 56, shortcut: .none)
  _ = residual
  _ = plain
}

func snippetModelsPreActivationResNet1() throws {
  let network = PreActivationResNet(depth: 164, hasBottlenecks: true)
  _ = network
}

func snippetModelsResNet1() throws {
  let network = ResNet(.resnet50)
  try network.load(StateDictionary(contentsOf: "resnet50.safetensors"))
  _ = network
}

func snippetModelsResidualBlock1() throws {
  let block = ResidualBlock.basic(64, 128, stride: 2)  // [N, 64, 56, 56] to [N, 128, 28, 28]
  _ = block
}
