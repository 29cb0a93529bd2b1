import Optimizers
import Testing

struct SchedulesTests {
  @Test func constant() {
    #expect(ConstantSchedule(0.1).rate(at: 0) == 0.1)
    #expect(ConstantSchedule(0.1).rate(at: 1_000_000) == 0.1)
  }

  /// ×0.1 at 30, 60 and 90.
  @Test func step() {
    let schedule = StepSchedule(1, every: 30)
    let expected = [(0, 1.0), (29, 1), (30, 0.1), (59, 0.1), (60, 0.01), (90, 0.001)]
    for (step, rate) in expected { #expect(abs(schedule.rate(at: step) - rate) < 1e-15) }
  }

  /// ½ α₀ (1 + cos(tπ/T)): whole at 0, cos 60° at a third, half in the middle, nothing at the end and after.
  @Test func cosine() {
    let schedule = CosineSchedule(2, steps: 90)
    let expected = [(0, 2.0), (30, 1.5), (45, 1), (60, 0.5), (90, 0), (200, 0)]
    for (step, rate) in expected { #expect(abs(schedule.rate(at: step) - rate) < 1e-15) }
    #expect(abs(CosineSchedule(2, steps: 90, finalRate: 1).rate(at: 45) - 1.5) < 1e-15)
  }
}
