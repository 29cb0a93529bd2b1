import Autograd
import Foundation
import Optimizers
import TensorCore
import Testing
import Training

/// The rules and schedules of a run beside SGD, Adam and half a cosine.
struct LearningSettingsTests {
  @Test func rulesAreWhatTheySay() throws {
    func made(_ rule: AdaptiveRule, _ numbers: RuleNumbers = RuleNumbers()) throws -> any Optimizer {
      let settings = OptimizerSettings.adaptive(rule, numbers: numbers)
      try settings.validate()
      #expect(settings.name == rule.rawValue)
      let parameter = Parameter(.filled(1, shape: [2], precision: .float))
      return settings.makeOptimizer([parameter], learningRate: 0.3)
    }
    for rule in AdaptiveRule.allCases {
      #expect(try made(rule).learningRate == 0.3)
      #expect(rule.usualLearningRate > 0)
    }
    let adamW = try made(.adamw, RuleNumbers(beta1: 0.8, weightDecay: 0.5)) as? AdamW
    #expect(adamW?.beta1 == 0.8 && adamW?.beta2 == 0.999 && adamW?.amsgrad == false)
    #expect((try made(.amsgrad) as? Adam)?.amsgrad == true)
    #expect(try made(.radam) is RAdam)
    #expect(try made(.nadam) is NAdam && made(.adamax) is AdaMax && made(.adagrad) is AdaGrad)
    #expect((try made(.adadelta, RuleNumbers(rho: 0.7)) as? AdaDelta)?.rho == 0.7)
    #expect((try made(.rmsprop, RuleNumbers(momentum: 0.6)) as? RMSProp)?.momentum == 0.6)
    #expect(try made(.rprop) is Rprop && made(.lion) is Lion)
    #expect((try made(.lars, RuleNumbers(trust: 0.02)) as? LARS)?.trust == 0.02)
  }

  /// Without a gradient only the decay acts: AdamW takes 0.3 · 0.5 of 1 away.
  @Test func numbersReachTheRule() throws {
    let parameter = Parameter(.filled(1, shape: [2], precision: .float))
    let optimizer = OptimizerSettings.adaptive(.adamw, numbers: RuleNumbers(weightDecay: 0.5))
      .makeOptimizer([parameter], learningRate: 0.3)
    optimizer.beginStep()
    optimizer.update(parameter, gradient: .filled(0, shape: [2], precision: .float))
    #expect(abs((parameter.value.doubles.scalars.first ?? 0) - 0.85) < 1e-6)
  }

  @Test(
    arguments: [
      (.adamw, RuleNumbers(momentum: 0.5), "momentum"), (.adagrad, RuleNumbers(beta1: 0.5), "beta1"),
      (.rprop, RuleNumbers(weightDecay: 0), "weightDecay"), (.lion, RuleNumbers(beta2: 1), "beta2"),
      (.rmsprop, RuleNumbers(epsilon: 0), "epsilon"), (.adadelta, RuleNumbers(rho: .nan), "rho"),
      (.lars, RuleNumbers(trust: -1), "trust"), (.nadam, RuleNumbers(weightDecay: -0.1), "weightDecay"),
    ] as [(AdaptiveRule, RuleNumbers, String)])
  func refusesNumbers(rule: AdaptiveRule, numbers: RuleNumbers, setting: String) {
    let error = #expect(throws: SettingsError.self) {
      try OptimizerSettings.adaptive(rule, numbers: numbers).validate()
    }
    #expect(error?.setting == setting)
  }

  /// Six epochs of ten steps from the rate 1, by hand.
  @Test(
    arguments: [
      (.milestones(epochs: [4, 2], factor: 0.5), [(0, 1), (19, 1), (20, 0.5), (40, 0.25), (59, 0.25)]),
      (.exponential(factor: 0.5), [(0, 1), (10, 0.5), (15, 0.353553), (50, 0.03125)]),
      (.polynomial(power: 1, finalRate: 0), [(0, 1), (15, 0.75), (30, 0.5), (60, 0)]),
      (.polynomial(power: 2, finalRate: 0.2), [(0, 1), (30, 0.4)]),
      (.restarts(epochs: 2, growth: 1, finalRate: 0), [(0, 1), (10, 0.5), (20, 1), (50, 0.5)]),
      (.restarts(epochs: 1, growth: 2, finalRate: 0), [(0, 1), (5, 0.5), (10, 1), (20, 0.5), (30, 1)]),
      (.oneCycle, [(0, 0.04), (18, 1)]), (.inverseSquareRoot, [(0, 1), (10, 1), (40, 0.5)]),
      (.warmup(epochs: 2, then: .constant), [(0, 0), (5, 0.25), (20, 1), (59, 1)]),
      // Half a cosine over the four epochs that are left.
      (.warmup(epochs: 2, then: .cosine), [(10, 0.5), (20, 1), (40, 0.5)]),
    ] as [(ScheduleSettings, [(Int, Double)])])
  func schedulesByHand(settings: ScheduleSettings, rates: [(step: Int, rate: Double)]) throws {
    try settings.validate()
    let schedule = settings.makeSchedule(learningRate: 1, epochs: 6, stepsPerEpoch: 10)
    for (step, rate) in rates { #expect(abs(schedule.rate(at: step) - rate) < 0.03, "\(settings.name), step \(step)") }
    let json = try JSONEncoder().encode(settings)
    #expect(try JSONDecoder().decode(ScheduleSettings.self, from: json) == settings)
  }

  @Test(
    arguments: [
      (.milestones(epochs: [], factor: 0.5), "milestones"), (.milestones(epochs: [3, 0], factor: 0.5), "milestones"),
      (.exponential(factor: 1.5), "scheduleFactor"), (.polynomial(power: 0, finalRate: 0), "schedulePower"),
      (.polynomial(power: 1, finalRate: -1), "finalRate"),
      (.restarts(epochs: 0, growth: 1, finalRate: 0), "scheduleEpochs"),
      (.restarts(epochs: 1, growth: 0, finalRate: 0), "scheduleGrowth"),
      (.warmup(epochs: 0, then: .constant), "warmupEpochs"),
      (.warmup(epochs: 1, then: .exponential(factor: 0)), "scheduleFactor"),
      (.step(epochs: .max, factor: 0.1), "scheduleEpochs"),
    ] as [(ScheduleSettings, String)])
  func refusesSchedules(settings: ScheduleSettings, setting: String) {
    let error = #expect(throws: SettingsError.self) { try settings.validate() }
    #expect(error?.setting == setting)
  }

  @Test func survivesJSON() throws {
    let settings = OptimizerSettings.adaptive(.lion, numbers: RuleNumbers(beta1: 0.1 + 0.2, weightDecay: 3e-5))
    #expect(try JSONDecoder().decode(OptimizerSettings.self, from: JSONEncoder().encode(settings)) == settings)
  }
}
