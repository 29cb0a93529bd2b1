import Autograd
import Datasets
import Foundation
import NNLayers
import Optimizers
import TensorCore
import Testing
import Training

struct TrainingPlanTests {
  private static func weights(_ trainer: Trainer) -> [Double] {
    trainer.model.parameters.flatMap { $0.value.doubles.scalars }
  }

  /// A batch in any number of parts gives the step of the whole batch up to rounding; 8 and 6 images do not part evenly.
  @Test(arguments: [2, 3, 4, 8, 100])
  func partsAddUpToTheBatch(parts: Int) throws {
    let whole = try MadeUpData.trainer(epochs: 3)
    let parted = try MadeUpData.trainer(epochs: 3, plan: TrainingPlan(accumulation: parts))
    try whole.run()
    try parted.run()
    let (expected, found) = (Self.weights(whole), Self.weights(parted))
    #expect(zip(expected, found).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(parted.progress.step == 12)
    for (one, other) in zip(whole.progress.history, parted.progress.history) {
      #expect(abs(one.trainingLoss - other.trainingLoss) < 1e-6)
      #expect(one.trainingAccuracy == other.trainingAccuracy)
    }
  }

  /// The network must see parts and not the whole: its counting buffer counts them.
  @Test func partsAreCalculatedApart() throws {
    let trainer = try MadeUpData.trainer(seeded(3) { TinyNetwork() }, plan: TrainingPlan(accumulation: 4))
    try trainer.run()
    guard case .int64(let count)? = trainer.model.stateDictionary()["steps"] else { return #expect(Bool(false)) }
    #expect(count.scalars == [16])
  }

  /// w ← w - α g min(1, c / (‖g‖ + 10⁻⁶)) with the gradient of the step without clipping, and likewise element by element.
  @Test(arguments: [GradientClipping.norm(0.25), .norm(100), .value(0.05)])
  func clippingIsAsByHand(clipping: GradientClipping) throws {
    let rate = 0.5
    let plain = try MadeUpData.trainer(rate: rate, batchSize: 30)
    let clipped = try MadeUpData.trainer(rate: rate, batchSize: 30, plan: TrainingPlan(clipping: clipping))
    let before = Self.weights(plain)
    try plain.run()
    try clipped.run()
    let gradient = zip(before, Self.weights(plain)).map { ($0 - $1) / rate }
    let norm = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
    #expect(norm > 0.3 && norm < 100)
    let expected = zip(before, gradient).map { weight, slope in
      switch clipping {
      case .norm(let largest): weight - rate * slope * min(1, largest / (norm + 1e-6))
      case .value(let largest): weight - rate * min(max(slope, -largest), largest)
      }
    }
    #expect(zip(expected, Self.weights(clipped)).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test func layersLearnAtTheirOwnRates() throws {
    let network = { seeded(5) { TinyNetwork() } }
    let plan = TrainingPlan(layerRates: [
      LayerRate("first", factor: 0.5), LayerRate("first.bias", factor: 0), LayerRate("fir", factor: 9),
    ])
    #expect(throws: SettingsError.self) { try plan.check(network()) }
    let fitting = TrainingPlan(layerRates: Array(plan.layerRates.prefix(2)))
    let plain = try MadeUpData.trainer(network(), batchSize: 30)
    let own = try MadeUpData.trainer(network(), batchSize: 30, plan: fitting)
    let before = plain.model.stateDictionary()
    try plain.run()
    try own.run()
    for (name, factor) in [("first.weight", 0.5), ("first.bias", 0), ("second.weight", 1), ("second.bias", 1)] {
      let values = try [before, plain.model.stateDictionary(), own.model.stateDictionary()].map { dictionary in
        guard case .tensor(let tensor)? = dictionary[name] else { throw Missing() }
        return tensor.doubles.scalars
      }
      for index in values[0].indices {
        let (start, full) = (values[0][index], values[1][index])
        #expect(abs(values[2][index] - (start + factor * (full - start))) < 1e-7)
        #expect(full != start || name.hasPrefix("first"))
      }
    }
    #expect(own.optimizer.learningRate == 0.1)
  }

  /// Frozen in the first two epochs of four; a parameter that was frozen before stays so.
  @Test func layersAreFrozenByEpoch() throws {
    let model = seeded(5) { TinyNetwork() }
    model.second.bias?.isTrainable = false
    let plan = TrainingPlan(frozen: [FrozenLayers("first", epochs: 1...2), FrozenLayers("second.", epochs: 4...4)])
    let trainer = try MadeUpData.trainer(model, epochs: 4, plan: plan)
    var last = model.parameters.map(\.value.floats.scalars)
    var changed: [[Bool]] = []
    try trainer.run { event in
      guard case .epoch = event else { return }
      let now = model.parameters.map(\.value.floats.scalars)
      changed.append(zip(last, now).map { $0 != $1 })
      last = now
    }
    #expect(
      changed == [
        [false, false, true, false], [false, false, true, false], [true, true, true, false],
        [true, true, false, false],
      ])
    #expect(model.parameters.map(\.isTrainable) == [true, true, true, false])
    let all = try MadeUpData.trainer(model, epochs: 2, plan: TrainingPlan(frozen: [FrozenLayers("", epochs: 2...2)]))
    #expect(throws: TrainingError.nothingToLearn(epoch: 2)) { try all.run() }
  }

  /// The averages are those of the weights after each step, calculated here in Double; figures are measured with them.
  @Test func measuresWithTheExponentialAverage() throws {
    let decay = 0.7
    let plan = TrainingPlan(average: AveragePlan(.exponential(decay: decay), from: 2))
    let trainer = try MadeUpData.trainer(epochs: 3, plan: plan)
    var average: [Double] = []
    try trainer.run { event in
      guard case .step(let report) = event, report.epoch >= 2 else { return }
      let now = Self.weights(trainer)
      average = average.isEmpty ? now : zip(average, now).map { decay * $0 + (1 - decay) * $1 }
    }
    let last = Self.weights(trainer)
    try trainer.model.load(trainer.weights(.last))
    let kept = Self.weights(trainer)
    #expect(zip(kept, average).allSatisfy { abs($0 - $1) < 1e-6 } && kept != last)
    let report = try #require(trainer.progress.history.last)
    #expect(try evaluate(trainer.model, on: #require(trainer.test), batchSize: 8).loss == report.testLoss)
    #expect(try evaluate(trainer.model, on: #require(trainer.validation), batchSize: 8).loss == report.validationLoss)
  }

  /// The mean of the weights at the ends of epochs 2, 3 and 4; running statistics are made anew for it.
  @Test func measuresWithTheEqualAverage() throws {
    let model = seeded(5) { Sequential(Flatten(), Linear(16, 6), BatchNorm1d(6), Linear(6, 3)) }
    let trainer = try MadeUpData.trainer(model, epochs: 4, plan: TrainingPlan(average: AveragePlan(.equal, from: 2)))
    var ends: [[Double]] = []
    try trainer.run { if case .epoch = $0 { ends.append(Self.weights(trainer)) } }
    let mean = ends[0].indices.map { index in ends[1...].reduce(0) { $0 + $1[index] } / 3 }
    guard case .tensor(let running)? = model.stateDictionary()["2.running_mean"] else { throw Missing() }
    try model.load(trainer.weights(.last))
    #expect(zip(Self.weights(trainer), mean).allSatisfy { abs($0 - $1) < 1e-6 })
    guard case .tensor(let renewed)? = model.stateDictionary()["2.running_mean"] else { throw Missing() }
    #expect(running.floats.scalars != renewed.floats.scalars)
    // The mean over the whole set of what the averaged weights give; batches of 8 and 6 weigh a little differently.
    let layer = Sequential(Flatten(), try #require(model.layer(named: "1")))
    let outputs = try layer.predict(Batches(trainer.training, size: 30).batch(0).images).scalars.map(Double.init)
    for channel in 0..<6 {
      let mean = (0..<30).reduce(0.0) { $0 + outputs[$1 * 6 + channel] } / 30
      #expect(abs(Double(renewed.floats.scalars[channel]) - mean) < 0.1)
    }
    #expect(try evaluate(model, on: #require(trainer.test), batchSize: 8).loss == trainer.progress.history[3].testLoss)
  }

  /// A factor of 1/2 with patience 0 at a rate that is far too large; the same by hand as PyTorch's `ReduceLROnPlateau` has it.
  @Test func aPlateauLowersTheRateByValidation() throws {
    let plan = TrainingPlan(plateau: PlateauSchedule(1, factor: 0.5, patience: 0, threshold: 0))
    let trainer = try MadeUpData.trainer(epochs: 15, rate: 50, plan: plan)
    var expected: [Double] = []
    var (factor, best, bad) = (1.0, Double.infinity, 0)
    try trainer.run { event in
      switch event {
      case .step(let report):
        expected.append(factor * 50)
        #expect(report.learningRate == expected.last)
      case .epoch(let report):
        let loss = report.validationLoss ?? .nan
        bad = loss < best ? 0 : bad + 1
        best = min(best, loss)
        if bad > 0 { (factor, bad) = (factor / 2, 0) }
      case .evaluating: break
      }
    }
    #expect(factor < 1, "the rate never fell")
  }

  @Test func aBudgetOfStepsEndsInTheMiddleOfAnEpoch() throws {
    let trainer = try MadeUpData.trainer(epochs: 3, plan: TrainingPlan(stepBudget: 6))
    var reports: [StepReport] = []
    #expect(try trainer.run { if case .step(let report) = $0 { reports.append(report) } })
    #expect(reports.map(\.step) == Array(1...6) && reports.allSatisfy { $0.stepCount == 6 })
    #expect(trainer.progress.ending == .stepBudget && trainer.isFinished)
    #expect(trainer.progress.history.map(\.step) == [4, 6])
    #expect(trainer.progress.history[1].validationLoss == trainer.validationEvaluation?.loss)
    let whole = try MadeUpData.trainer(epochs: 3)
    try whole.run { event in
      if case .step(let report) = event, report.step == 6 { #expect(Self.weights(whole) == Self.weights(trainer)) }
    }
    let enough = try MadeUpData.trainer(epochs: 1, plan: TrainingPlan(stepBudget: 4))
    try enough.run()
    #expect(enough.progress.ending == nil && enough.progress.step == 4)
  }

  @Test func aBudgetOfTimeEnds() throws {
    let trainer = try MadeUpData.trainer(epochs: 1_000_000, plan: TrainingPlan(timeBudget: 0.05))
    #expect(try trainer.run())
    #expect(trainer.progress.ending == .timeBudget)
    let spent = trainer.progress.history.reduce(0) { $0 + $1.seconds }
    #expect(spent >= 0.05 && spent < 5)
    #expect(try trainer.run() && trainer.isFinished)
  }

  /// The time before a stop counts: two steps that took 100 seconds leave one of a budget of 50.
  @Test func timeBeforeAStopCounts() throws {
    let trainer = try MadeUpData.trainer(epochs: 9, plan: TrainingPlan(timeBudget: 50))
    let stop = StopRequest()
    try trainer.run(until: stop) { event in
      if case .step(let report) = event, report.step == 2 { stop.request() }
    }
    var state = trainer.state
    state.progress.sums.seconds = 100
    let resumed = try MadeUpData.trainer(epochs: 9, plan: TrainingPlan(timeBudget: 50))
    try resumed.restore(state)
    #expect(try resumed.run())
    #expect(resumed.progress.ending == .timeBudget && resumed.progress.history.map(\.step) == [3])
  }

  /// Steps that update at once and steps that collect gradients first are the same to the bit.
  @Test func checkingGradientsChangesNothing() throws {
    let (checked, streamed) = (
      try MadeUpData.trainer(seeded(5) { TinyNetwork() }, epochs: 2),
      try MadeUpData.trainer(seeded(5) { TinyNetwork() }, epochs: 2, plan: TrainingPlan(checksGradients: false))
    )
    try checked.run()
    try streamed.run()
    #expect(Self.weights(checked) == Self.weights(streamed))
  }

  struct Missing: Error {}
}
