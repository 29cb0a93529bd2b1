import Foundation
import NNLayers
import Optimizers
import Testing
import Training

struct EarlyStoppingTests {
  private static func history(_ losses: [Double]) -> [EpochReport] {
    losses.enumerated().map { index, loss in
      EpochReport(
        epoch: index + 1, step: index + 1, learningRate: 1, trainingLoss: 0, trainingAccuracy: 0, validationLoss: loss,
        validationAccuracy: 1 - loss, testLoss: -Double(index), testAccuracy: Double(index), seconds: 0,
        imagesPerSecond: 0)
    }
  }

  /// Counted by hand: the epoch after which each rule ends the training; nil for none.
  @Test(
    arguments: [
      ([0.9, 0.5, 0.6, 0.7, 0.4], 2, 0, 4), ([0.9, 0.5, 0.6, 0.7, 0.4], 3, 0, nil),
      // 0.55 is better than 0.6, but not by more than 0.1: the best stays 0.6 of the first epoch, until 0.4 beats it.
      ([0.6, 0.55, 0.4, 0.35, 0.32], 2, 0.1, 5), ([0.6, 0.55, 0.52, 0.51], 2, 0.1, 3), ([.nan, .nan], 2, 0, 2),
      ([.nan, 0.5, .nan, 0.4], 2, 0, nil), ([0.5, 0.5, 0.5], 1, 0, 2),
    ] as [([Double], Int, Double, Int?)])
  func endsAfterPatience(losses: [Double], patience: Int, change: Double, end: Int?) {
    for figure in WatchedFigure.allCases {
      let rule = EarlyStopping(patience: patience, minimumChange: change, watching: figure)
      let history = Self.history(losses)
      #expect(history.indices.map { $0 + 1 }.first { rule.isDue(after: Array(history[..<$0])) } == end)
    }
  }

  @Test func theBestIsTheFirstOfEquals() {
    #expect(WatchedFigure.loss.bestEpoch(of: Self.history([0.5, 0.25, 0.25, 0.75])) == 2)
    #expect(WatchedFigure.accuracy.bestEpoch(of: Self.history([0.5, 0.25, 0.25, 0.75])) == 2)
    #expect(WatchedFigure.loss.bestEpoch(of: Self.history([.nan, 0.25])) == 2)
    #expect(WatchedFigure.loss.bestEpoch(of: []) == nil)
  }

  /// A rate that is far too large: validation gets worse, and the training ends with the best weights at hand.
  @Test func aTrainingEndsAndGoesBackToItsBestEpoch() throws {
    let plan = TrainingPlan(earlyStopping: EarlyStopping(patience: 3))
    let trainer = try MadeUpData.trainer(epochs: 200, schedule: Rising(), plan: plan)
    var weights: [[Float]] = []
    #expect(
      try trainer.run { event in
        if case .epoch = event { weights.append(trainer.model.parameters[0].value.floats.scalars) }
      })
    let losses = trainer.progress.history.compactMap(\.validationLoss)
    let smallest = try #require(losses.min()), best = try #require(losses.firstIndex(of: smallest))
    #expect(trainer.progress.ending == .earlyStopping && trainer.isFinished)
    #expect(losses.count == best + 1 + 3 && losses.count < 200)
    #expect(trainer.bestEpoch == best + 1)
    #expect(trainer.restoreBest())
    #expect(trainer.model.parameters[0].value.floats.scalars == weights[best])
    #expect(try evaluate(trainer.model, on: #require(trainer.validation)).loss == smallest)
  }

  /// Of two trainings that differ in their test images only, every choice is the same.
  @Test func testImagesChooseNothing() throws {
    let plan = TrainingPlan(
      earlyStopping: EarlyStopping(patience: 2), plateau: PlateauSchedule(1, factor: 0.5, patience: 0))
    let splits = try MadeUpData.threeSplits(), preprocessing = try MadeUpData.preprocessing()
    let results = try [splits.test, MadeUpData.images(count: 9, seed: 77, noise: 250)].map { test in
      let model = seeded(3) { Sequential(Flatten(), Linear(16, 3)) }
      let trainer = Trainer(
        model, SGD(model.parameters, learningRate: 1), schedule: Rising(),
        training: PreparedImages(splits.training, preprocessing),
        validation: splits.validation.map { PreparedImages($0, preprocessing) },
        test: PreparedImages(test, preprocessing), epochs: 60, batchSize: 8, seed: 3, plan: plan)
      try trainer.run()
      trainer.restoreBest()
      return (trainer.progress.history.map(\.learningRate), model.parameters[0].value.floats.scalars)
    }
    #expect(results[0] == results[1])
  }

  @Test func needsValidationImages() async {
    await #expect(processExitsWith: .failure) {
      let model = Sequential(Flatten(), Linear(16, 3))
      let images = PreparedImages(try MadeUpData.images(count: 8, seed: 1), try MadeUpData.preprocessing())
      _ = Trainer(
        model, SGD(model.parameters, learningRate: 1), training: images, epochs: 1, batchSize: 8, seed: 1,
        plan: TrainingPlan(earlyStopping: EarlyStopping(patience: 1)))
    }
  }

  /// A rate that grows until it does harm.
  struct Rising: Schedule {
    func rate(at step: Int) -> Double { 0.05 * pow(1.15, Double(step)) }
  }
}
