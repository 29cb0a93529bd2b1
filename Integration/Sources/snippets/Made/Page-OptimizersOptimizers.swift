// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetOptimizersOptimizers1() throws {
  let groups = ParameterGroup.exemptingVectors(model.parameters)
  let optimizer = AdamW(groups, learningRate: 1e-3, weightDecay: 0.05)
  let cosine = CosineSchedule(1e-3, steps: 20_000)
  let schedule = LinearWarmup(steps: 500, before: cosine)
  for step in 0..<20_500 {
    optimizer.learningRate = schedule.rate(at: step)
    var gradients = crossEntropy(model(images, context), labels).gradients()
    gradients.clip(toNorm: 1)
    optimizer.update(gradients)
  }
  _ = groups
  _ = optimizer
  _ = cosine
  _ = schedule
}
