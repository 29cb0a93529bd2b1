import Foundation
import Optimizers
import Testing

/// Every step of every schedule against a loop that goes from step to step.
@Suite struct SchedulesTests {
  /// Compares the first rates with what `next` makes of each step and the rate before.
  private func expect(_ schedule: any Schedule, _ rates: [Double], _ tolerance: Double = 1e-13) {
    for (step, rate) in rates.enumerated() {
      #expect(abs(schedule.rate(at: step) - rate) <= tolerance * max(rate, 1e-3), "step \(step)")
    }
  }

  /// A rate that starts with `first` and is changed before every step but the first.
  private func rates(_ first: Double, _ count: Int, _ change: (_ step: Int, _ rate: inout Double) -> Void) -> [Double] {
    var rate = first
    return (0..<count).map { step in
      if step > 0 { change(step, &rate) }
      return rate
    }
  }

  @Test func constant() {
    expect(ConstantSchedule(0.1), Array(repeating: 0.1, count: 20))
    #expect(ConstantSchedule(0.1).rate(at: 1_000_000) == 0.1)
  }

  @Test("lectures: step, ×0.1 at 30, 60 and 90")
  func step() {
    expect(StepSchedule(1, every: 30), rates(1, 120) { if [30, 60, 90].contains($0) { $1 /= 10 } })
  }

  @Test("lectures: halving every T₀")
  func halving() {
    expect(StepSchedule.halving(0.4, every: 7), rates(0.4, 50) { if $0 % 7 == 0 { $1 /= 2 } })
  }

  @Test func multiStep() {
    let schedule = MultiStepSchedule(0.1, at: [9, 4, 20, 20], factor: 0.2)
    expect(
      schedule,
      rates(0.1, 30) { step, rate in
        if step == 4 || step == 9 { rate *= 0.2 }
        if step == 20 { rate *= 0.04 }
      })
  }

  @Test("lectures: exponential, α₀ e^(-kt)")
  func exponential() {
    let factor = exp(-0.03)
    expect(ExponentialSchedule(0.2, decay: 0.03), rates(0.2, 200) { $1 *= factor })
    expect(ExponentialSchedule(0.2, factor: 0.9), rates(0.2, 100) { $1 *= 0.9 })
    #expect(abs(ExponentialSchedule(1, decay: 0.5).rate(at: 2) - 0.36787944117144233) < 1e-15)
  }

  @Test("lectures: 1/t")
  func inverseTime() {
    // 1/α grows by k/α₀ with each step.
    expect(InverseTimeSchedule(0.5, decay: 0.1), rates(0.5, 100) { $1 = 1 / (1 / $1 + 0.1 / 0.5) })
    #expect(InverseTimeSchedule(3, decay: 1).rate(at: 2) == 1)
  }

  @Test("lectures: 1/√t")
  func inverseRoot() {
    // 1/α² grows by 1/(α₀² T) with each step after T.
    let expected = rates(0.3, 300) { step, rate in
      if step > 16 { rate = (1 / (1 / (rate * rate) + 1 / (0.3 * 0.3 * 16))).squareRoot() }
    }
    expect(InverseSquareRootSchedule(0.3, steps: 16), expected)
    #expect(InverseSquareRootSchedule(0.3).rate(at: 0) == 0.3)
    #expect(abs(InverseSquareRootSchedule(0.3).rate(at: 9) - 0.1) < 1e-15)
  }

  @Test("lectures: linear, down and up, and what follows")
  func linear() {
    expect(LinearSchedule(1, steps: 50), rates(1, 50) { $1 -= 1 / 50.0 })
    expect(LinearSchedule(0.1, steps: 10, finalRate: 0.6), rates(0.1, 30) { if $0 <= 10 { $1 += 0.05 } })
    #expect(LinearSchedule(1, steps: 50).rate(at: 51) == 0)
  }

  @Test func polynomial() {
    // (1 - t/T)² by its differences: 1 - 2/T + …, each smaller by 2/T².
    var difference = -(2 * 20 - 1) / 400.0
    let parabola = rates(1, 21) { _, rate in
      rate += difference
      difference += 2 / 400.0
    }
    expect(PolynomialSchedule(0.6, steps: 20, power: 2, finalRate: 0.1), parabola.map { 0.1 + 0.5 * $0 })
    expect(PolynomialSchedule(1, steps: 50), rates(1, 50) { $1 -= 1 / 50.0 })
    #expect(PolynomialSchedule(0.6, steps: 20, power: 2, finalRate: 0.1).rate(at: 99) == 0.1)
  }

  /// ½ α₀ (1 + cos(tπ/T)): whole at 0, cos 60° at a third, half in the middle, nothing at the end and after.
  @Test("lectures: cosine, ½ α₀ (1 + cos(tπ/T))")
  func cosine() {
    let expected = [(0, 2.0), (30, 1.5), (45, 1), (60, 0.5), (90, 0), (200, 0)]
    for (step, rate) in expected { #expect(abs(CosineSchedule(2, steps: 90).rate(at: step) - rate) < 1e-15) }
    // cos((t + 1) x) = 2 cos x cos(t x) - cos((t - 1) x).
    var (before, now) = (cos(-Double.pi / 90), 1.0)
    let all = rates(1.5, 91) { _, rate in
      (before, now) = (now, 2 * cos(Double.pi / 90) * now - before)
      rate = 1 + 0.5 * (2 - 1) * (1 + now) - 0.5
    }
    expect(CosineSchedule(1.5, steps: 90, finalRate: 0.5), all, 1e-11)
  }

  @Test(arguments: [1, 2, 3]) func warmRestarts(_ growth: Int) {
    let schedule = WarmRestartsSchedule(0.2, firstSteps: 4, growth: growth, finalRate: 0.01)
    var (position, length) = (0, 4)
    let expected = (0..<200).map { _ in
      defer {
        position += 1
        if position == length { (position, length) = (0, length * growth) }
      }
      return 0.01 + 0.19 * 0.5 * (1 + cos(Double.pi * Double(position) / Double(length)))
    }
    expect(schedule, expected)
    #expect(schedule.rate(at: 4) == 0.2)
    // A second round too long to count, hardly begun.
    #expect(WarmRestartsSchedule(0.2, firstSteps: 4, growth: .max).rate(at: 5) == 0.2)
  }

  /// Phase by phase: `count` steps from one rate towards another, the target left to the next phase.
  private func phase(_ first: Double, _ second: Double, _ count: Int, _ course: OneCycleSchedule.Course) -> [Double] {
    (0..<count).map { step in
      let share = Double(step) / Double(count)
      return course == .linear
        ? first * (1 - share) + second * share : (first + second) / 2 + (first - second) / 2 * cos(.pi * share)
    }
  }

  @Test(arguments: [OneCycleSchedule.Course.cosine, .linear]) func oneCycle(_ course: OneCycleSchedule.Course) {
    // 40 steps, 10 of them rising: the top is at step 9, the end at step 39.
    let two = OneCycleSchedule(1, steps: 40, risingShare: 0.25, divisor: 10, finalDivisor: 100, course: course)
    expect(two, phase(0.1, 1, 9, course) + phase(1, 0.001, 30, course) + [0.001, 0.001])
    // Down to the first rate at step 18.
    let three = OneCycleSchedule(
      1, steps: 40, risingShare: 0.25, divisor: 10, finalDivisor: 100, hasThreePhases: true, course: course)
    expect(
      three, phase(0.1, 1, 9, course) + phase(1, 0.1, 9, course) + phase(0.1, 0.001, 21, course) + [0.001, 0.001])
  }

  /// Very short cycles have phases of no length.
  @Test func oneCycleOfAFewSteps() {
    for steps in 1...4 {
      for share in [0, 0.3, 0.5] {
        for three in [false, true] {
          let schedule = OneCycleSchedule(1, steps: steps, risingShare: share, hasThreePhases: three)
          for step in 0..<steps + 2 {
            let rate = schedule.rate(at: step)
            #expect(rate >= 0 && rate <= 1, "\(steps) steps, share \(share): \(rate) at \(step)")
          }
        }
      }
    }
  }

  @Test("lectures: linear warm-up in front of any schedule", arguments: [0.0, 0.2])
  func warmup(_ share: Double) {
    let after: [any Schedule] = [
      CosineSchedule(0.5, steps: 30), StepSchedule(0.5, every: 5), ConstantSchedule(0.5),
      OneCycleSchedule(5, steps: 20, divisor: 10),
    ]
    for schedule in after {
      let rising = rates(0.5 * share, 10) { $1 += 0.5 * (1 - share) / 10 }
      expect(
        LinearWarmup(steps: 10, from: share, before: schedule), rising + (0..<40).map { schedule.rate(at: $0) })
    }
    #expect(LinearWarmup(steps: 0, before: ConstantSchedule(0.5)).rate(at: 0) == 0.5)
  }

  @Test("lectures: batch ×N, rate ×N")
  func batchScaling() {
    #expect(scaledLearningRate(0.1, batchSize: 256, tunedFor: 256) == 0.1)
    #expect(scaledLearningRate(0.1, batchSize: 2048, tunedFor: 256) == 0.8)
    #expect(scaledLearningRate(0.1, batchSize: 64, tunedFor: 256) == 0.025)
  }

  @Test func stepsBeforeTheFirstHaveItsRate() {
    let schedules: [any Schedule] = [
      ConstantSchedule(0.1), StepSchedule(0.1, every: 3), MultiStepSchedule(0.1, at: [2]),
      ExponentialSchedule(0.1, decay: 1), InverseTimeSchedule(0.1, decay: 1), InverseSquareRootSchedule(0.1),
      PolynomialSchedule(0.1, steps: 5), LinearSchedule(0.1, steps: 5), CosineSchedule(0.1, steps: 5),
      WarmRestartsSchedule(0.1, firstSteps: 5), OneCycleSchedule(0.1, steps: 9),
      LinearWarmup(steps: 3, from: 0.5, before: ConstantSchedule(0.1)),
      LinearWarmup(steps: 0, before: ConstantSchedule(0.1)),
    ]
    for schedule in schedules { #expect(schedule.rate(at: -3) == schedule.rate(at: 0)) }
  }

  @Test func wrongNumbersStop() async {
    let interval = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = StepSchedule(0.1, every: 0)
    }
    #expect(interval.says("[StepSchedule] the interval must be at least 1, not 0"))
    let share = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = OneCycleSchedule(0.1, steps: 10, risingShare: 0.6, hasThreePhases: true)
    }
    #expect(share.says("[OneCycleSchedule] the rising share 0.6 is not in 0 ... 0.5"))
    await #expect(processExitsWith: .failure) { _ = ConstantSchedule(-1) }
    await #expect(processExitsWith: .failure) { _ = MultiStepSchedule(0.1, at: [1], factor: 0) }
    await #expect(processExitsWith: .failure) { _ = ExponentialSchedule(0.1, factor: 1.1) }
    await #expect(processExitsWith: .failure) { _ = InverseTimeSchedule(0.1, decay: -1) }
    await #expect(processExitsWith: .failure) { _ = CosineSchedule(0.1, steps: 0) }
    await #expect(processExitsWith: .failure) { _ = WarmRestartsSchedule(0.1, firstSteps: 5, growth: 0) }
    await #expect(processExitsWith: .failure) { _ = PolynomialSchedule(0.1, steps: 5, power: 0) }
    await #expect(processExitsWith: .failure) { _ = LinearWarmup(steps: -1, before: ConstantSchedule(0.1)) }
    await #expect(processExitsWith: .failure) { _ = scaledLearningRate(0.1, batchSize: 0, tunedFor: 1) }
  }
}
