// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetModelsAllConvolutionalNet1() throws {
  let network = AllConvolutionalNet()
  _ = network
}
