// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetOptimizersBatchScaling1() throws {
  let rate = scaledLearningRate(0.1, batchSize: 1024, tunedFor: 256)  // 0.4
  _ = rate
}

func snippetOptimizersCosineSchedules1() throws {
  let schedule = WarmRestartsSchedule(0.1, firstSteps: 10, growth: 2)  // restarts at steps 10, 30, 70, …
  _ = schedule
}

func snippetOptimizersLinearWarmup1() throws {
  let schedule = LinearWarmup(steps: 500, before: CosineSchedule(0.4, steps: 9_500))
  _ = schedule
}

func snippetOptimizersOneCycleSchedule1() throws {
  let schedule = OneCycleSchedule(1.0, steps: epochs * stepsPerEpoch)
  _ = schedule
}

func snippetOptimizersPlateauSchedule1() throws {
  var plateau = PlateauSchedule(0.1, patience: 3)
  for epoch in 0..<epochs {
    let validationLoss = try train(epoch)
    optimizer.learningRate = plateau.observe(validationLoss)
  }
  _ = plateau
}

func snippetOptimizersSchedule1() throws {
  let schedule = LinearWarmup(steps: 500, before: CosineSchedule(0.1, steps: 20_000))
  for step in 0..<20_500 {
    optimizer.learningRate = schedule.rate(at: step)
    optimizer.update(crossEntropy(model(images, context), labels).gradients())
  }
  _ = schedule
}

func snippetOptimizersStepSchedules1() throws {
  let schedule = StepSchedule(0.1, every: 30 * stepsPerEpoch)  // ×0.1 at epochs 30, 60, 90
  _ = schedule
}

func snippetOptimizersStepSchedules2() throws {
  let schedule = MultiStepSchedule(0.1, at: [32_000, 48_000])  // the residual networks' on CIFAR-10
  _ = schedule
}
