// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetTrainingFineTuning1() throws {
  let network = seeded(1) { LeNet5(classCount: 5) }  // a new head of random weights
  try network.load(model.stateDictionary(), except: ["classifier.4"])  // the body of a trained one
  network.freeze { $0.hasPrefix("features.") }  // what is not to change at all
  let groups = ParameterGroup.fineTuning(network, head: "classifier.4", bodyFactor: 0.1)
  let optimizer = SGD(groups, learningRate: 0.05, momentum: 0.9)
  _ = network
  _ = groups
  _ = optimizer
}
