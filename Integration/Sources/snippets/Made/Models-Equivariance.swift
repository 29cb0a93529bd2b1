// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetModelsP4CNN1() throws {
  let network = P4CNN()
  let mirrored = P4CNN(group: .p4m, channels: 7)
  _ = network
  _ = mirrored
}

func snippetModelsP4CNN2() throws {
  let network = Z2CNN(channels: 22)
  _ = network
}
