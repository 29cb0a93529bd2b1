import Autograd
import Datasets
import Foundation
import NNLayers
import Optimizers
import TensorCore
import Testing
import Training

struct TrainerTests {
  /// Softmax regression without bias, written out: W ← W - α (softmax(x Wᵀ) - onehot)ᵀ x / N.
  @Test func stepsArePlainGradientDescent() throws {
    let trainer = try Self.trainer(seeded(3) { Sequential(Flatten(), Linear(16, 3, bias: false)) }, rate: 0.25)
    let weight = trainer.model.parameters[0]
    var expected = weight.value.doubles.scalars
    let batches = Batches(trainer.training, size: 8, order: .shuffled(seed: 3, epoch: 0))
    try trainer.run { event in
      guard case .step(let report) = event else { return }
      let loss = Self.descend(&expected, batches.batch(report.step - 1), rate: 0.25)
      #expect(abs(report.loss - loss) < 1e-5)
      #expect(zip(weight.value.doubles.scalars, expected).allSatisfy { abs($0 - $1) < 1e-5 })
    }
  }

  @Test func learnsTheMadeUpClasses() throws {
    let trainer = try Self.trainer(epochs: 20, rate: 0.5)
    #expect(try trainer.run())
    #expect(trainer.progress.history.last?.testAccuracy == 1)
    #expect(trainer.isFinished)
  }

  @Test func eventsCountStepsAndEpochs() throws {
    let trainer = try Self.trainer(epochs: 2)
    var steps: [StepReport] = []
    var epochs: [EpochReport] = []
    var measured = 0
    try trainer.run { event in
      switch event {
      case .step(let report): steps.append(report)
      case .evaluating(let progress): measured = max(measured, progress.done)
      case .epoch(let report): epochs.append(report)
      }
    }
    #expect(steps.map(\.step) == Array(1...8))
    #expect(steps.map(\.batch) == [1, 2, 3, 4, 1, 2, 3, 4])
    #expect(steps.map(\.epoch) == [1, 1, 1, 1, 2, 2, 2, 2])
    #expect(
      steps.allSatisfy { $0.stepCount == 8 && $0.batchCount == 4 && $0.imagesPerSecond > 0 && $0.secondsLeft >= 0 })
    #expect(epochs.map(\.step) == [4, 8])
    #expect(epochs == trainer.progress.history)
    #expect(measured == 20)
    // An epoch's loss is the mean over images: three batches of eight and one of six.
    let mean = (steps[0...2].reduce(0) { $0 + 8 * $1.loss } + 6 * steps[3].loss) / 30
    #expect(abs(epochs[0].trainingLoss - mean) < 1e-12)
    #expect(steps[3].epochLoss == epochs[0].trainingLoss)
  }

  @Test func scheduleSetsTheRateOfEachStep() throws {
    let trainer = try Self.trainer(schedule: StepSchedule(0.5, every: 3, factor: 0.1))
    var rates: [Double] = []
    try trainer.run { if case .step(let report) = $0 { rates.append(report.learningRate) } }
    #expect(rates[0...2].allSatisfy { $0 == 0.5 })
    #expect(abs(rates[3] - 0.05) < 1e-12)
  }

  @Test func stopsAfterTheStepUnderWay() throws {
    let trainer = try Self.trainer()
    let stop = StopRequest()
    let finished = try trainer.run(until: stop) { event in
      if case .step(let report) = event, report.step == 2 { stop.request() }
    }
    #expect(!finished)
    #expect(trainer.progress.step == 2)
    #expect(try trainer.run())
  }

  @Test func aLossThatIsNotFiniteEndsTheTraining() throws {
    let trainer = try Self.trainer()
    let weight = try #require(trainer.model.namedParameters.first { $0.name == "1.weight" }?.parameter)
    let error = #expect(throws: TrainingError.self) {
      try trainer.run { event in
        if case .step(let report) = event, report.step == 3 {
          weight.value = .filled(.nan, shape: weight.shape, precision: .float)
        }
      }
    }
    guard case .diverged(step: 4, _, _, "as 1.weight holds a value that is not finite")? = error else {
      return #expect(Bool(false), "\(String(describing: error))")
    }
    #expect(trainer.progress.step == 3)
  }

  @Test func networksThatDoNotFitAreRefused() throws {
    let model = Sequential(Flatten(), Linear(16, 4))
    let trainer = try Self.trainer(model)
    #expect(throws: TrainingError.outputMismatch(expected: [1, 3], found: [1, 4])) { try trainer.run() }
    let narrow = try Self.trainer(Sequential(Flatten(), Linear(15, 3)))
    #expect(throws: InputError.self) { try narrow.run() }
  }

  @Test func statesOfOtherTrainingsAreRefused() throws {
    let trainer = try Self.trainer(epochs: 2)
    try trainer.run()
    let state = trainer.state
    let shorter = try Self.trainer(epochs: 1)
    #expect(throws: TrainerStateError.self) { try shorter.restore(state) }
    var wrong = state
    wrong.optimizer.tensors["0.momentum"] = .filled(0, shape: [2], precision: .float)
    #expect(throws: TrainerStateError.self) { try trainer.restore(wrong) }
    wrong = state
    wrong.optimizer.tensors = ["7.momentum": .filled(0, shape: [2], precision: .float)]
    #expect(throws: TrainerStateError.self) { try trainer.restore(wrong) }
    wrong = state
    wrong.progress.step = 3
    #expect(throws: TrainerStateError.self) { try trainer.restore(wrong) }
    try trainer.restore(state)
    #expect(trainer.isFinished)
  }

  @Test func aSetSmallerThanABatchTrains() throws {
    let samples = PreparedImages(try MadeUpData.images(count: 2, seed: 5), try MadeUpData.preprocessing())
    let model = Sequential(Flatten(), Linear(16, 3))
    let trainer = Trainer(
      model, SGD(model.parameters, learningRate: 0.1), training: samples, epochs: 2, batchSize: 64, seed: 1)
    #expect(try trainer.run())
    #expect(trainer.progress.step == 2)
    #expect(trainer.progress.history.allSatisfy { $0.testLoss == nil })
  }

  private static func trainer(
    _ model: any Layer = seeded(3) { Sequential(Flatten(), Linear(16, 3)) }, epochs: Int = 1, rate: Double = 0.1,
    schedule: (any Schedule)? = nil
  ) throws -> Trainer {
    let splits = try MadeUpData.splits()
    let preprocessing = try MadeUpData.preprocessing()
    return Trainer(
      model, SGD(model.parameters, learningRate: rate), schedule: schedule,
      training: PreparedImages(splits.training, preprocessing), test: PreparedImages(splits.test, preprocessing),
      epochs: epochs, batchSize: 8, seed: 3)
  }

  /// One step on the weight `[3, 16]`; returns the loss before it.
  private static func descend(_ weight: inout [Double], _ batch: Batch, rate: Double) -> Double {
    let pixels = batch.images.scalars.map(Double.init)
    var gradient = [Double](repeating: 0, count: 48)
    var loss = 0.0
    for (image, label) in batch.labels.scalars.enumerated() {
      let x = pixels[(image * 16)..<(image * 16 + 16)].map { $0 }
      let powers = (0..<3).map { row -> Double in
        let logit = (0..<16).reduce(0.0) { $0 + weight[row * 16 + $1] * x[$1] }
        return exp(logit)
      }
      let sum = powers.reduce(0, +)
      loss -= log(powers[Int(label)] / sum) / Double(batch.count)
      for row in 0..<3 {
        let slope = (powers[row] / sum - (row == Int(label) ? 1 : 0)) / Double(batch.count)
        for column in 0..<16 { gradient[row * 16 + column] += slope * x[column] }
      }
    }
    for index in gradient.indices { weight[index] -= rate * gradient[index] }
    return loss
  }
}
