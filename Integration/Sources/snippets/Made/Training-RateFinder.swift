// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetTrainingLearningRateFinder1() throws {
  let sweep = try findLearningRate(for: model, on: samples) { SGD($0.parameters, learningRate: 0, momentum: 0.9) }
  let rate = sweep.suggestion ?? 0.01
  _ = sweep
  _ = rate
}
