// Made by Tests/Tools/snippets --write from the documentation in folders of this name.
import Models
import Training

func snippetNetworkSummary1() throws {
  print(try LeNet5().summary(for: [1, 1, 32, 32]))
}
