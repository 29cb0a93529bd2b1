// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetModelsUNet1() throws {
  let network = UNet(classCount: 3, width: 16)
  let loss = crossEntropy(maps, masks)
  _ = network
  _ = loss
}
