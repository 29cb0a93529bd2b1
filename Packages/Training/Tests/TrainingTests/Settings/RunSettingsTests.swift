import Autograd
import Foundation
import Optimizers
import TensorCore
import Testing
import Training

struct RunSettingsTests {
  @Test func madeUpSettingsAreValid() throws { try MadeUpData.settings().validate() }

  @Test(arguments: [
    Wrong("epochs") { $0.epochs = 0 },
    Wrong("batchSize") { $0.batchSize = -1 },
    Wrong("threads") { $0.threads = 0 },
    Wrong("learningRate") { $0.learningRate = 0 },
    Wrong("learningRate") { $0.learningRate = .infinity },
    Wrong("learningRate") { $0.learningRate = .nan },
    Wrong("labelSmoothing") { $0.labelSmoothing = 1 },
    Wrong("labelSmoothing") { $0.labelSmoothing = -0.1 },
    Wrong("labelSmoothing") { $0.labelSmoothing = .nan },
    Wrong("shift") { $0.shift = -1 },
    Wrong("shift") { $0.shift = 4 },
    Wrong("classNames") { $0.classNames = ["one"] },
    Wrong("momentum") { $0.optimizer = .sgd(momentum: 1, nesterov: false, weightDecay: 0) },
    Wrong("momentum") { $0.optimizer = .sgd(momentum: .nan, nesterov: false, weightDecay: 0) },
    Wrong("weightDecay") { $0.optimizer = .sgd(momentum: 0, nesterov: false, weightDecay: -1e-4) },
    Wrong("nesterov") { $0.optimizer = .sgd(momentum: 0, nesterov: true, weightDecay: 0) },
    Wrong("beta1") { $0.optimizer = .adam(beta1: 1, beta2: 0.9, epsilon: 1e-8) },
    Wrong("beta2") { $0.optimizer = .adam(beta1: 0.9, beta2: -0.1, epsilon: 1e-8) },
    Wrong("epsilon") { $0.optimizer = .adam(beta1: 0.9, beta2: 0.9, epsilon: 0) },
    Wrong("scheduleEpochs") { $0.schedule = .step(epochs: 0, factor: 0.1) },
    Wrong("scheduleFactor") { $0.schedule = .step(epochs: 1, factor: -.infinity) },
    Wrong("finalRate") { $0.schedule = .cosine(finalRate: -1) },
    Wrong("scheduleDecay") { $0.schedule = .inverseTime(decay: -1) },
    Wrong("schedulePatience") { $0.schedule = .plateau(factor: 0.1, patience: -1, watching: .loss, finalRate: 0) },
    Wrong("scheduleThreshold") {
      $0.schedule = .plateau(factor: 0.1, patience: 1, watching: .loss, finalRate: 0, threshold: 1)
    },
    Wrong("scheduleCooldown") {
      $0.schedule = .plateau(factor: 0.1, patience: 1, watching: .loss, finalRate: 0, cooldown: -1)
    },
    Wrong("scheduleFactor") {
      $0.schedule = .warmup(epochs: 1, then: .plateau(factor: 1, patience: 1, watching: .loss, finalRate: 0))
    },
    Wrong("plateau") {
      $0.schedule = .plateau(factor: 0.1, patience: 1, watching: .loss, finalRate: 0)
      $0.plan.plateau = PlateauSchedule(1)
    },
    Wrong("plateau") { $0.plan.plateau = PlateauSchedule(0.1) },
    Wrong("validation") { $0.validationShare = 1 },
    Wrong("validation") { $0.validationShare = .nan },
    Wrong("earlyStopping") { $0.plan.earlyStopping = EarlyStopping(patience: 0) },
    Wrong("minimumChange") { $0.plan.earlyStopping = EarlyStopping(patience: 1, minimumChange: -1) },
    Wrong("accumulation") { $0.plan.accumulation = 0 },
    Wrong("clipNorm") { $0.plan.clipping = .norm(0) },
    Wrong("clipValue") { $0.plan.clipping = .value(.nan) },
    Wrong("averageFrom") { $0.plan.average = AveragePlan(.equal, from: 0) },
    Wrong("averageDecay") { $0.plan.average = AveragePlan(.exponential(decay: 1)) },
    Wrong("freeze") { $0.plan.frozen = [FrozenLayers("first", epochs: 0...1)] },
    Wrong("layerRate") { $0.plan.layerRates = [LayerRate("first", factor: -1)] },
    Wrong("stepBudget") { $0.plan.stepBudget = 0 },
    Wrong("timeBudget") { $0.plan.timeBudget = 0 },
    Wrong("metrics") { $0.metrics = ["top-0"] },
    Wrong("metrics") { $0.metrics = ["rank"] },
  ])
  func wrongNumbersAreNamed(wrong: Wrong) throws {
    var settings = try MadeUpData.settings()
    wrong.change(&settings)
    let error = #expect(throws: SettingsError.self) { try settings.validate() }
    #expect(error?.setting == wrong.setting)
    // Nor are they read, should a file hold them.
    let strategy = ("Infinity", "-Infinity", "NaN")
    let encoder = JSONEncoder(), decoder = JSONDecoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: strategy.0, negativeInfinity: strategy.1, nan: strategy.2)
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: strategy.0, negativeInfinity: strategy.1, nan: strategy.2)
    let data = try encoder.encode(settings)
    let reading = #expect(throws: DecodingError.self) { try decoder.decode(RunSettings.self, from: data) }
    guard case .dataCorrupted(let context)? = reading else {
      return #expect(Bool(false), "\(String(describing: reading))")
    }
    #expect(context.debugDescription.hasPrefix("\(wrong.setting): expected"))
  }

  /// A change that makes a setting wrong.
  struct Wrong: Sendable {
    let setting: String
    let change: @Sendable (inout RunSettings) -> Void

    init(_ setting: String, _ change: @escaping @Sendable (inout RunSettings) -> Void) {
      self.setting = setting
      self.change = change
    }
  }

  @Test(
    arguments: [OptimizerSettings.momentum, .adam], [ScheduleSettings.constant, .cosine, .step(epochs: 2, factor: 0.5)])
  func surviveJSON(optimizer: OptimizerSettings, schedule: ScheduleSettings) throws {
    var settings = try MadeUpData.settings(optimizer: optimizer, seed: .max)
    settings.schedule = schedule
    settings.learningRate = 0.1 + 0.2
    settings.labelSmoothing = 0.3 / 7
    settings.shift = 3
    settings.dataFolder = "/a folder/with \"quotes\""
    let json = try JSONEncoder().encode(settings)
    #expect(try JSONDecoder().decode(RunSettings.self, from: json) == settings)
  }

  @Test func earlierSettingsNeitherSmoothNorShift() throws {
    var settings = try MadeUpData.settings()
    settings.labelSmoothing = 0.1
    settings.shift = 2
    var object = try #require(
      try JSONSerialization.jsonObject(with: JSONEncoder().encode(settings)) as? [String: Any])
    object["labelSmoothing"] = nil
    object["shift"] = nil
    let read = try JSONDecoder().decode(RunSettings.self, from: JSONSerialization.data(withJSONObject: object))
    #expect(read == (try MadeUpData.settings()))
  }

  @Test func makeWhatTheySay() throws {
    let parameters = [Parameter(.filled(1, shape: [2], precision: .float))]
    let sgd =
      OptimizerSettings.sgd(momentum: 0.8, nesterov: true, weightDecay: 1e-3)
      .makeOptimizer(parameters, learningRate: 0.3) as? SGD
    #expect(sgd?.momentum == 0.8 && sgd?.nesterov == true && sgd?.learningRate == 0.3)
    // Without a gradient only the decay acts: 1 - 0.3 · (1 + 0.8) · 1e-3 · 1.
    sgd?.beginStep()
    sgd?.update(parameters[0], gradient: .filled(0, shape: [2], precision: .float))
    #expect(abs((parameters[0].value.doubles.scalars.first ?? 0) - 0.99946) < 1e-6)
    #expect(OptimizerSettings.adam.makeOptimizer(parameters, learningRate: 0.3) is Adam)
    let step = ScheduleSettings.step(epochs: 2, factor: 0.5).makeSchedule(learningRate: 1, epochs: 6, stepsPerEpoch: 10)
    #expect([0, 19, 20, 59].map(step.rate) == [1, 1, 0.5, 0.25])
    let cosine = ScheduleSettings.cosine(finalRate: 0.2).makeSchedule(learningRate: 1, epochs: 6, stepsPerEpoch: 10)
    #expect(abs(cosine.rate(at: 30) - 0.6) < 1e-12)
    #expect(ScheduleSettings.constant.makeSchedule(learningRate: 1, epochs: 6, stepsPerEpoch: 10).rate(at: 59) == 1)
  }
}
