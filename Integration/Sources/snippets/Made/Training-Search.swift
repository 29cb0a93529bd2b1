// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetTrainingSearch1() throws {
  let search = Search(
    SearchSpace([.init("learningRate", .logarithmic(lower: 1e-4, upper: 1))]), .random(trials: 20), goal: .largest)
  let outcome = try search.run(table: "search.jsonl") { trial in
    let learningRate = trial.point.number("learningRate")
    return -(learningRate - 0.01) * (learningRate - 0.01)  // or train with it
  }
  if let best = outcome.best { print(best.trial.point.number("learningRate"), best.score) }
  _ = search
  _ = outcome
}

func snippetTrainingSearchSpace1() throws {
  let space = SearchSpace([
    .init("learningRate", .logarithmic(lower: 1e-4, upper: 1e-1)),
    .init("batchSize", .oneOf([.whole(16), .whole(32), .whole(64)])),
  ])
  _ = space
}

func snippetTrainingTrainingObjective1() throws {
  let splits = try Digits().load()
  let parts = try splits.training.stratifiedSplit(fraction: 0.2, seed: 1)
  let preprocessing = try Digits().preprocessing(fittedTo: parts.remaining)
  let base = RunSettings(
    model: "lenet5", dataset: "digits", classNames: splits.training.classNames, epochs: 10, batchSize: 32,
    learningRate: 0.1, optimizer: .momentum, schedule: .cosine, seed: 1, threads: 2, preprocessing: preprocessing)
  let objective = TrainingObjective(training: parts.remaining, validation: parts.chosen) { trial in
    var settings = base
    settings.learningRate = trial.point.number("learningRate")
    return settings
  } model: { _ in
    LeNet5()
  }
  let space = SearchSpace([.init("learningRate", .logarithmic(lower: 1e-3, upper: 1))])
  let search = Search(space, .random(trials: 20), goal: .largest)
  let outcome = try search.run { trial in try objective.accuracy(trial) }
  _ = splits
  _ = parts
  _ = preprocessing
  _ = base
  _ = objective
  _ = space
  _ = search
  _ = outcome
}
