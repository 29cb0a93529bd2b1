import Datasets
import NNLayers
import TensorCore
import Testing
import Training

struct TrainingObjectiveTests {
  private static func objective(_ change: @escaping (SearchTrial, inout RunSettings) -> Void) throws
    -> TrainingObjective
  {
    let parts = try MadeUpData.splits(training: 90).training.stratifiedSplit(fraction: 0.3, seed: 1)
    return TrainingObjective(training: parts.remaining, validation: parts.chosen) { trial in
      var settings = try MadeUpData.settings()
      change(trial, &settings)
      return settings
    } model: { _ in
      TinyNetwork()
    }
  }

  private static let space = SearchSpace([.init("learningRate", .logarithmic(lower: 1e-5, upper: 0.3))])

  @Test func findsARateThatLearns() throws {
    let objective = try Self.objective { $1.learningRate = $0.point.number("learningRate") }
    let search = Search(Self.space, .random(trials: 8), goal: .largest, seed: 2)
    let first = try search.run { try objective.accuracy($0) }
    let best = try #require(first.best)
    #expect(best.score > 0.6)
    #expect(best.trial.point.number("learningRate") > 1e-3)
    #expect((first.results.map(\.score).min() ?? 1) < 0.5)
    let second = try search.run { try objective.accuracy($0) }
    #expect(first.results.map(\.score) == second.results.map(\.score))
  }

  @Test func theBudgetCountsEpochs() throws {
    let objective = try Self.objective { $1.learningRate = $0.point.number("learningRate") }
    let strategy = SearchStrategy.successiveHalving(candidates: 4, factor: 2, budget: 4)
    var epochs: [Int] = []
    _ = try Search(Self.space, strategy, goal: .largest).run { trial in
      try objective.accuracy(trial) { event in
        if case .epoch(let report) = event, report.epoch == trial.budget { epochs.append(report.epoch) }
      }
    }
    #expect(epochs == [1, 1, 1, 1, 2, 2, 4])
  }

  @Test func measuresWithTheImagesHeldOut() throws {
    let objective = try Self.objective { _, _ in }
    var measured: Set<Int> = []
    let search = Search(Self.space, .random(trials: 1), goal: .largest)
    _ = try search.run { trial in
      try objective.accuracy(trial) { event in
        if case .evaluating(let progress) = event { measured.insert(progress.total) }
      }
    }
    #expect(objective.training.count + objective.validation.count == 90)
    #expect(measured == [objective.validation.count])
  }

  @Test func aTrainingThatDivergesIsWorst() throws {
    let objective = try Self.objective { trial, settings in
      settings.learningRate = trial.number == 0 ? 1e38 : 0.05
      settings.optimizer = .sgd(momentum: 0, nesterov: false, weightDecay: 0)
    }
    let outcome = try Search(Self.space, .random(trials: 2), goal: .largest).run { try objective.accuracy($0) }
    #expect(outcome.results[0].score.isNaN)
    #expect(outcome.best?.trial.number == 1)
  }

  @Test func stopsInTheMiddleOfATrial() throws {
    let objective = try Self.objective { _, _ in }
    let stop = StopRequest()
    var steps = 0
    let outcome = try Search(Self.space, .random(trials: 3), goal: .largest).run(until: stop) { trial in
      try objective.accuracy(trial, until: stop) { event in
        guard case .step = event else { return }
        steps += 1
        if trial.number == 1 { stop.request() }
      }
    }
    #expect(outcome.results.count == 1 && !outcome.isFinished)
    // Three epochs of eight steps, and one.
    #expect(steps == 25)
  }

  @Test func refusesSettings() throws {
    let objective = try Self.objective { $1.batchSize = 0 }
    let error = #expect(throws: SettingsError.self) {
      try Search(Self.space, .random(trials: 3), goal: .largest).run { try objective.accuracy($0) }
    }
    #expect(error?.setting == "batchSize")
  }
}
