// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetTrainingTrainer1() throws {
  let splits = try Digits().load()
  let preprocessing = try Digits().preprocessing(fittedTo: splits.training)
  let model = seeded(1) { LeNet5() }
  let trainer = Trainer(
    model, SGD(model.parameters, learningRate: 0.1, momentum: 0.9),
    training: PreparedImages(splits.training, preprocessing), test: PreparedImages(splits.test, preprocessing),
    epochs: 30, batchSize: 64, seed: 1)
  try trainer.run { event in
    if case .epoch(let report) = event { print(report.epoch, report.testAccuracy ?? 0) }
  }
  _ = splits
  _ = preprocessing
  _ = model
  _ = trainer
}
