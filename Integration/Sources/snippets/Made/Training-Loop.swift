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

func snippetTrainingTrainer2() async throws {
  let parts = try splits.holdingOutValidation(fraction: 0.1, seed: 1)
  var plan = TrainingPlan(earlyStopping: EarlyStopping(patience: 5), clipping: .norm(1))
  plan.average = AveragePlan(.exponential(decay: 0.999))
  let trainer = Trainer(
    model, optimizer, training: PreparedImages(parts.training, preprocessing),
    validation: parts.validation.map { PreparedImages($0, preprocessing) }, epochs: 100, batchSize: 64, seed: 1,
    plan: plan, metrics: [TopKAccuracy(5)])
  try trainer.run { event in print(event) }  // or, in a task: for try await event in trainer.events
  trainer.restoreBest()
  _ = parts
  _ = plan
  _ = trainer
}

func snippetTrainingTrainingEvents1() async throws {
  let task = Task { @MainActor in
    let trainer = Trainer(
      model, SGD(model.parameters, learningRate: 0.1), training: samples, epochs: 10, batchSize: 64, seed: 1)
    for try await event in trainer.events {
      if case .step(let step) = event { print("\(step.step) of \(step.stepCount)") }  // or move a bar
    }
    print(trainer.isFinished)
  }
  task.cancel()  // what a button would do
  _ = task
}
