// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetNNLayersNetworkSummary1() throws {
  print(try LeNet5().summary(for: [1, 1, 32, 32]))
}
