import Testing
import Training

struct CurveChartTests {
  @Test(
    arguments: [
      ([0.12, 0.48], 0.1, 0.5, 0.1), ([0, 1], 0, 1, 0.2), ([97.1, 98.9], 97, 99, 0.5), ([-3, 14], -5, 15, 5),
      ([2.302], 2.3, 2.35, 0.05), ([0], 0, 0.02, 0.02), ([], 0, 1, 0.2), ([1e-9, 3e-9], 1e-9, 3e-9, 5e-10),
    ] as [([Double], Double, Double, Double)])
  func ticksAreRoundNumbersThatEncloseTheValues(values: [Double], lower: Double, upper: Double, step: Double) {
    let ticks = AxisTicks(covering: values)
    #expect(abs(ticks.step - step) < step * 1e-9)
    #expect(abs(ticks.lower - lower) < step * 1e-6)
    #expect(abs(ticks.upper - upper) < step * 1e-6)
    #expect(ticks.values.count >= 2 && ticks.values.count <= 8)
  }

  @Test func ticksShowWhatTellsThemApart() {
    let ticks = AxisTicks(covering: [97.1, 98.9])
    #expect(ticks.values.map(ticks.text) == ["97.0", "97.5", "98.0", "98.5", "99.0"])
    #expect(AxisTicks(covering: [0, 400]).text(100) == "100")
    let small = AxisTicks(covering: [1e-9, 3e-9])
    #expect(Set(small.values.map(small.text)).count == small.values.count)
  }
}
