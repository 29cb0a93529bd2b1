import Autograd
import Datasets
import NNLayers
import Optimizers
import TensorCore
import Testing
import Training

/// Runs with a plan: what they leave, and that stopping changes nothing.
@Suite(.serialized) struct PlannedRunTests {
  private static let plans: [TrainingPlan] = [
    TrainingPlan(
      earlyStopping: EarlyStopping(patience: 1, watching: .accuracy), accumulation: 3, clipping: .norm(0.5),
      average: AveragePlan(.exponential(decay: 0.8)), frozen: [FrozenLayers("first", epochs: 1...2)],
      layerRates: [LayerRate("second", factor: 0.5)]),
    TrainingPlan(plateau: PlateauSchedule(1, factor: 0.1, patience: 0), average: AveragePlan(.equal, from: 2)),
    TrainingPlan(clipping: .value(0.01), average: AveragePlan(.equal), stepBudget: 10),
  ]

  @Test(arguments: plans)
  func stoppedAfterAnyStep(plan: TrainingPlan) throws {
    let settings = try MadeUpData.settings(shift: 1, plan: plan, metrics: ["top-2", "f1"])
    let reference = try finished(settings, stops: [])
    #expect(reference.log.count > 2)
    for stop in 1...reference.steps {
      #expect(try finished(settings, stops: [stop]) == reference, "stopped after \(stop)")
    }
    #expect(try finished(settings, stops: [2, 3, 9]) == reference)
  }

  @Test func plansChangeTheWeights() throws {
    let models = try (Self.plans + [TrainingPlan()]).map {
      try finished(MadeUpData.settings(plan: $0), stops: []).files["model.safetensors"]
    }
    #expect(Set(models).count == 4)
  }

  @Test func leavesTheBestWeights() throws {
    let place = try TemporaryFolder()
    let folder = RunFolder(place.path)
    var settings = try MadeUpData.settings(
      epochs: 40, plan: TrainingPlan(earlyStopping: EarlyStopping(patience: 2)), metrics: ["perplexity"])
    settings.learningRate = 3
    settings.schedule = .constant
    let data = try MadeUpData.threeSplits()
    guard case .finished(let record, let evaluation) = try startRun(settings, in: folder, data: data) else {
      return #expect(Bool(false), "stopped")
    }
    #expect(record.ending == .earlyStopping && record.validationCount == 24)
    let best = try #require(record.bestEpoch)
    #expect(best == record.epochs.count - 2)
    #expect(try place.bytes("best.safetensors") == place.bytes("model.safetensors"))
    // The record tells of the weights that are kept: those of the best epoch.
    #expect(record.testLoss == record.epochs[best - 1].testLoss && record.testLoss == evaluation.loss)
    #expect(record.testMetrics == record.epochs[best - 1].testMetrics)
    let model = TinyNetwork()
    try model.load(StateDictionary(contentsOf: folder.path(of: .best)))
    let validation = PreparedImages(try #require(data.validation), settings.preprocessing)
    #expect(try evaluate(model, on: validation, batchSize: 8).loss == record.epochs[best - 1].validationLoss)
    #expect(
      try place.text("log.csv").hasPrefix(
        "epoch,step,learning_rate,training_loss,training_accuracy,test_loss,test_accuracy,validation_loss,"
          + "validation_accuracy,validation_perplexity,test_perplexity,seconds,images_per_second\n"))
    // Missing, it is written again from the checkpoint.
    let bytes = try place.bytes("best.safetensors")
    try place.remove("best.safetensors")
    try resumeRun(in: folder, data: data)
    #expect(try place.bytes("best.safetensors") == bytes)
  }

  /// A run with an average saves the averaged weights, and its record tells of them.
  @Test(arguments: [AveragePlan(.exponential(decay: 0.8)), AveragePlan(.equal, from: 2)])
  func recordIsOfTheAveragedWeights(average: AveragePlan) throws {
    let place = try TemporaryFolder()
    let folder = RunFolder(place.path)
    try startRun(MadeUpData.settings(plan: TrainingPlan(average: average)), in: folder)
    let (model, record) = (TinyNetwork(), try folder.readRecord())
    try model.load(StateDictionary(contentsOf: folder.path(of: .model)))
    let test = PreparedImages(try MadeUpData.splits().test, record.settings.preprocessing)
    #expect(try evaluate(model, on: test, batchSize: 8).loss == record.testLoss)
    #expect(record.testLoss == record.epochs.last?.testLoss)
    try model.load(folder.readCheckpoint().state.model)
    #expect(try evaluate(model, on: test, batchSize: 8).loss != record.testLoss)
  }

  @Test func theLastWeightsCanBeKept() throws {
    let place = try TemporaryFolder()
    let folder = RunFolder(place.path)
    let plan = TrainingPlan(earlyStopping: EarlyStopping(patience: 1))
    var settings = try MadeUpData.settings(epochs: 40, plan: plan, keeping: .last)
    settings.learningRate = 3
    settings.schedule = .constant
    try startRun(settings, in: folder, data: MadeUpData.threeSplits())
    let record = try folder.readRecord()
    #expect(record.testLoss == record.epochs.last?.testLoss)
    #expect(try place.bytes("best.safetensors") != place.bytes("model.safetensors"))
  }

  @Test func sharesOfTheTrainingImagesAreHeldOut() throws {
    var settings = try MadeUpData.settings()
    let data = try MadeUpData.splits(training: 90)
    #expect(try settings.splits(of: data).validation == nil)
    settings.validationShare = 0.2
    let (one, two) = (try settings.splits(of: data), try settings.splits(of: data))
    #expect(one.training.count == 72 && one.validation?.count == 18 && one.test.count == 20)
    #expect(one.validation?.pixels.scalars == two.validation?.pixels.scalars)
    settings.seed = 8
    #expect(try settings.splits(of: data).validation?.pixels.scalars != one.validation?.pixels.scalars)
    settings.validationShare = 0.001
    #expect(throws: SettingsError.self) { try settings.splits(of: data) }
  }

  @Test func whatDoesNotFitIsRefused() throws {
    let place = try TemporaryFolder()
    let folder = RunFolder(place.path + "/run")
    let stopping = try MadeUpData.settings(plan: TrainingPlan(earlyStopping: EarlyStopping(patience: 1)))
    let missing = #expect(throws: SettingsError.self) { try startRun(stopping, in: folder) }
    #expect(missing?.setting == "earlyStopping")
    let unknown = try MadeUpData.settings(plan: TrainingPlan(frozen: [FrozenLayers("third")]))
    let error = #expect(throws: SettingsError.self) { try startRun(unknown, in: folder) }
    #expect(error?.description == "freeze: expected a layer of the network, such as first, second, found 'third'")
    #expect(place.names.isEmpty)
    // A run with validation images does not go on without them.
    try startRun(stopping, in: folder, stopAt: 5, data: MadeUpData.threeSplits())
    let without = #expect(throws: FileError.self) { try resumeRun(in: folder) }
    #expect(without?.description.contains("0 validation") == true)
  }

  @Test func statesOfOtherPlansAreRefused() throws {
    let plan = TrainingPlan(average: AveragePlan(.equal))
    let (plain, averaged) = (try MadeUpData.trainer(epochs: 2), try MadeUpData.trainer(epochs: 2, plan: plan))
    try plain.run()
    try averaged.run()
    #expect(throws: TrainerStateError.self) { try averaged.restore(plain.state) }
    #expect(throws: TrainerStateError.self) { try plain.restore(averaged.state) }
    var state = plain.state
    state.best = nil
    #expect(throws: TrainerStateError.self) { try plain.restore(state) }
    state.best = StateDictionary([("1.weight", .tensor(.filled(0, shape: [3, 16], precision: .float)))])
    let before = plain.model.parameters[0].value.floats.scalars
    #expect(throws: TrainerStateError.self) { try plain.restore(state) }
    state = plain.state
    state.progress.ending = .stepBudget
    state.progress.history[1] = state.progress.history[0]
    #expect(throws: TrainerStateError.self) { try plain.restore(state) }
    #expect(plain.model.parameters[0].value.floats.scalars == before)
  }

  /// What a run leaves that no time is in.
  struct Result: Equatable {
    var files: [String: [UInt8]] = [:]
    let log: [String]
    let steps: Int
    let memory: [String: [Float]]
    let average: [String: [Float]]
    let epochs: [[Double?]]
  }

  private func finished(_ settings: RunSettings, stops: [Int]) throws -> Result {
    let place = try TemporaryFolder()
    let folder = RunFolder(place.path)
    let data = try MadeUpData.threeSplits()
    var outcome = try startRun(settings, in: folder, stopAt: stops.first, data: data)
    for stop in stops.dropFirst().map(Optional.some) + [nil] {
      guard case .stopped = outcome else { break }
      outcome = try resumeRun(in: folder, stopAt: stop, data: data)
    }
    let (checkpoint, record) = (try folder.readCheckpoint(), try folder.readRecord())
    return Result(
      files: [
        "model.safetensors": try place.bytes("model.safetensors"),
        "best.safetensors": try place.bytes("best.safetensors"),
      ],
      log: untimed(try place.text("log.csv")), steps: record.step,
      memory: checkpoint.state.optimizer.tensors.mapValues { $0.floats.scalars },
      average: checkpoint.state.average?.tensors.mapValues { $0.floats.scalars } ?? [:],
      epochs: record.epochs.map { [$0.validationMetrics?["f1"], $0.testMetrics?["top-2"], $0.learningRate] })
  }
}
