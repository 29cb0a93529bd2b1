import Foundation
import Optimizers
import Testing

@Suite struct PlateauScheduleTests {
  private func rates(_ schedule: PlateauSchedule, _ measurements: [Double]) -> [Double] {
    var schedule = schedule
    return measurements.map { schedule.observe($0) }
  }

  /// Patience 2: the third measurement in a row without a new best lowers the rate, and the count begins anew.
  @Test func lowersTheRateAfterPatience() {
    let schedule = PlateauSchedule(1, factor: 0.5, patience: 2, threshold: 0)
    #expect(
      rates(schedule, [3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1]) == [1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.25])
  }

  /// After a change two measurements are borne before the patience of none begins.
  @Test func coolsDown() {
    let schedule = PlateauSchedule(1, factor: 0.5, patience: 0, threshold: 0, cooldown: 2)
    #expect(rates(schedule, [5, 5, 5, 5, 5, 5, 5, 5]) == [1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.125])
  }

  /// 10 % better, or better by 1, or larger by as much: 9.5 is no new best of 10 but 8.9 is.
  @Test func thresholdsAreSharesOrAmounts() {
    let relative = PlateauSchedule(1, factor: 0.5, patience: 0, threshold: 0.1)
    #expect(rates(relative, [10, 9.5, 8.9, 8.1]) == [1, 0.5, 0.5, 0.25])
    let absolute = PlateauSchedule(1, factor: 0.5, patience: 0, threshold: 1, thresholdMode: .absolute)
    #expect(rates(absolute, [10, 9.5, 8.9, 8.1]) == [1, 0.5, 0.5, 0.25])
    let growing = PlateauSchedule(1, goal: .largest, factor: 0.5, patience: 0, threshold: 0.1)
    #expect(rates(growing, [10, 10.5, 11.1, 12]) == [1, 0.5, 0.5, 0.25])
    let added = PlateauSchedule(1, goal: .largest, factor: 0.5, patience: 0, threshold: 1, thresholdMode: .absolute)
    #expect(rates(added, [10, 10.5, 11.1, 12]) == [1, 0.5, 0.5, 0.25])
  }

  @Test func theLowestRateIsKept() {
    let schedule = PlateauSchedule(1, factor: 0.1, patience: 0, lowestRate: 0.05)
    #expect(rates(schedule, [1, 1, 1, 1]) == [1, 0.1, 0.05, 0.05])
    // Changes below 1e-8 are not made.
    #expect(rates(PlateauSchedule(1e-8, patience: 0), [1, 1, 1]) == [1e-8, 1e-8, 1e-8])
  }

  @Test func notANumberIsNeverTheBest() {
    let schedule = PlateauSchedule(1, factor: 0.5, patience: 0)
    #expect(rates(schedule, [.nan, 2, .nan, 1]) == [0.5, 0.5, 0.25, 0.25])
    #expect(rates(schedule, [.infinity, 2]) == [0.5, 0.5])
  }

  @Test(arguments: 1..<12) func stateRestoresToTheBit(_ cut: Int) throws {
    let measurements = (0..<12).map { 1 / 3 + 0.1 * sin(Double($0)) }
    var schedule = PlateauSchedule(0.1, factor: 0.3, patience: 1, threshold: 0.01, cooldown: 1)
    var rates = measurements.prefix(cut).map { schedule.observe($0) }
    var restored = try JSONDecoder().decode(PlateauSchedule.self, from: JSONEncoder().encode(schedule))
    #expect(restored == schedule)
    rates += measurements.dropFirst(cut).map { restored.observe($0) }
    let whole = self.rates(PlateauSchedule(0.1, factor: 0.3, patience: 1, threshold: 0.01, cooldown: 1), measurements)
    #expect(rates == whole)
    #expect(Set(whole).count > 2)
  }

  @Test func wrongNumbersStop() async {
    let factor = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = PlateauSchedule(0.1, factor: 1)
    }
    #expect(factor.says("[PlateauSchedule] the factor 1.0 is not in 0 ..< 1"))
    await #expect(processExitsWith: .failure) { _ = PlateauSchedule(0.1, patience: -1) }
    await #expect(processExitsWith: .failure) { _ = PlateauSchedule(0.1, threshold: -1) }
  }
}
