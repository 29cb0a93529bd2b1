// Made by Tests/Tools/snippets --write from the documentation in folders of this name.
import Models
import Training

func snippetLeNet281() throws {
  let network = LeNet28()
  _ = network
}

func snippetNetworkInNetwork1() throws {
  let network = NetworkInNetwork()
  _ = network
}
