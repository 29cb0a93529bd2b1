// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetOptimizersREADME1() throws {
  let step = 0
  let optimizer = AdamW(ParameterGroup.exemptingVectors(model.parameters), learningRate: 1e-3, weightDecay: 0.05)
  let schedule = LinearWarmup(steps: 500, before: CosineSchedule(1e-3, steps: 20_000))
  optimizer.learningRate = schedule.rate(at: step)
  var gradients = loss.gradients()
  gradients.clip(toNorm: 1)
  optimizer.update(gradients)
  _ = step
  _ = optimizer
  _ = schedule
  _ = gradients
}
