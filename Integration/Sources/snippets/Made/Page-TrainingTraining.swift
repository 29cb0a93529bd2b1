// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetTrainingTraining1() throws {
  let data = try Digits().load()
  let recipe = try Digits().preprocessing(fittedTo: data.training)
  let network = seeded(1) {
    Sequential(Flatten(), Linear(1024, 64), ReLU(), Linear(64, 10))
  }
  let trainer = Trainer(
    network, SGD(network.parameters, learningRate: 0.1, momentum: 0.9),
    training: PreparedImages(data.training, recipe),
    test: PreparedImages(data.test, recipe),
    epochs: 5, batchSize: 64, seed: 1)
  try trainer.run()
  print(trainer.evaluation?.accuracy ?? 0)
  let parts = try splits.holdingOutValidation(fraction: 0.1, seed: 1)
  let plan = TrainingPlan(earlyStopping: EarlyStopping(patience: 5), average: AveragePlan(.exponential(decay: 0.999)))
  let careful = Trainer(
    model, optimizer, training: PreparedImages(parts.training, preprocessing),
    validation: parts.validation.map { PreparedImages($0, preprocessing) }, epochs: 100, batchSize: 64, seed: 1,
    plan: plan)
  try careful.run()
  careful.restoreBest()
  _ = data
  _ = recipe
  _ = network
  _ = trainer
  _ = parts
  _ = plan
  _ = careful
}
