// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetTrainingTrainingRun1() throws {
  let model = seeded(settings.seed) { LeNet5() }
  let run = try TrainingRun(starting: settings, model, data: splits, in: RunFolder("runs/first"))
  let outcome = try run.run { event in
    if case .epoch(let report) = event { print(report.epoch, report.trainingLoss) }
  }
  _ = model
  _ = run
  _ = outcome
}

func snippetTrainingTrainingRun2() throws {
  let folder = RunFolder("runs/first")
  let checkpoint = try folder.readCheckpoint()  // names the model and the data set
  let run = try TrainingRun(resuming: checkpoint, model, data: splits, in: folder)
  _ = folder
  _ = checkpoint
  _ = run
}
