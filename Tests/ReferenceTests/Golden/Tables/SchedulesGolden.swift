import Optimizers

extension GoldenFamily {
  static let schedules = GoldenFamily("schedules") {
    Golden(schedule: "constant") { ConstantSchedule(0.1) }
    Golden(schedule: "step") { StepSchedule(0.1, every: 7, factor: 0.5) }
    Golden(schedule: "multi step") { MultiStepSchedule(0.1, at: [3, 9, 20], factor: 0.2) }
    Golden(schedule: "exponential") { ExponentialSchedule(0.1, factor: 0.9) }
    Golden(schedule: "polynomial") { PolynomialSchedule(0.1, steps: 25, power: 2) }
    Golden(schedule: "polynomial 0.5") { PolynomialSchedule(0.1, steps: 10, power: 0.5) }
    Golden(schedule: "linear") { LinearSchedule(0.1, steps: 15, finalRate: 0.01) }
    Golden(schedule: "linear warm-up") { LinearWarmup(steps: 8, from: 0.2, before: ConstantSchedule(0.1)) }
    Golden(schedule: "cosine") { CosineSchedule(0.1, steps: 25) }
    Golden(schedule: "cosine floor") { CosineSchedule(0.1, steps: 25, finalRate: 0.01) }
    Golden(schedule: "warm restarts") { WarmRestartsSchedule(0.1, firstSteps: 7) }
    Golden(schedule: "warm restarts longer") {
      WarmRestartsSchedule(0.1, firstSteps: 5, growth: 2, finalRate: 0.001)
    }
    Golden(schedule: "one cycle") { OneCycleSchedule(0.5, steps: 40) }
    Golden(schedule: "one cycle linear") {
      OneCycleSchedule(0.5, steps: 40, risingShare: 0.25, divisor: 10, finalDivisor: 100, course: .linear)
    }
    Golden(schedule: "one cycle three phases") { OneCycleSchedule(0.5, steps: 40, hasThreePhases: true) }
    Golden(plateau: "plateau") { PlateauSchedule(0.1, patience: 2) }
    Golden(plateau: "plateau of maxima") { PlateauSchedule(0.1, goal: .largest, factor: 0.5, patience: 1) }
    Golden(plateau: "plateau absolute") {
      PlateauSchedule(0.1, factor: 0.3, patience: 2, threshold: 0.05, thresholdMode: .absolute)
    }
    Golden(plateau: "plateau cooldown floor") {
      PlateauSchedule(0.1, factor: 0.2, patience: 1, cooldown: 3, lowestRate: 0.004)
    }
  }
}
