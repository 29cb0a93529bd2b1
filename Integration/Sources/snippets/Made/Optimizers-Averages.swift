// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetOptimizersLookahead1() throws {
  let optimizer = Lookahead(Adam(model.parameters), every: 5)
  optimizer.update(loss.gradients())
  _ = optimizer
}

func snippetOptimizersWeightAverage1() throws {
  let average = WeightAverage(model.parameters, .exponential(decay: 0.999))
  for batch in batches {
    optimizer.step(crossEntropy(model(batch.images, context), batch.labels))
    average.update()
  }
  let accuracy = try average.withAveragedWeights { try evaluate(model, on: test).accuracy }
  _ = average
  _ = accuracy
}
