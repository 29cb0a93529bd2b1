// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetOptimizersClipping1() throws {
  var gradients = loss.gradients()
  let norm = gradients.clip(toNorm: 1)
  optimizer.update(gradients)
  _ = gradients
  _ = norm
}

func snippetOptimizersGradientAccumulator1() throws {
  var accumulator = GradientAccumulator(over: 4)
  for batch in microBatches {
    let loss = crossEntropy(model(batch.images, context), batch.labels)
    if let gradients = accumulator.add(loss.gradients()) { optimizer.update(gradients) }
  }
  _ = accumulator
}

func snippetOptimizersPenalties1() throws {
  let weights = model.parameters.filter { $0.shape.rank > 1 }.map { context[$0] }
  let loss = crossEntropy(model(images, context), labels) + l2Penalty(weights, 1e-4)
  _ = weights
  _ = loss
}

func snippetOptimizersPenalties2() throws {
  let loss = crossEntropy(model(images, context), labels) + l1Penalty([context[dense.weight]], 1e-5)
  _ = loss
}
