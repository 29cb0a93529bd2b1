import Testing
import Training

/// The row "monitoring: loss per step and averaged over the last 100 or 1,000 samples".
struct RecentMeanTests {
  @Test func lastHundredByHand() {
    var recent = RecentMean(of: 100)
    #expect(recent.value.isNaN)
    for number in 1...1000 {
      recent.add(Double(number))
      // The mean of the last 100 numbers, or of all while there are fewer.
      let oldest = max(1, number - 99)
      #expect(recent.value == Double(oldest + number) / 2)
      #expect(recent.sampleCount == min(number, 100))
    }
  }

  /// Batches of 64 with the means 1, 2, …: the last 100 samples are all of the last batch and 36 of the one before.
  @Test func batchesCountInPart() {
    var recent = RecentMean(of: 100)
    for number in 1...10 { recent.add(Double(number), sampleCount: 64) }
    #expect(abs(recent.value - (64.0 * 10 + 36 * 9) / 100) < 1e-12)
    recent.add(3, sampleCount: 500)
    #expect(recent.value == 3)
    recent.add(7, sampleCount: 0)
    #expect(recent.value == 3)
    #expect(recent.sampleCount == 100)
  }

  @Test func wrongCountsStop() async {
    await #expect(processExitsWith: .failure) { _ = RecentMean(of: 0) }
    await #expect(processExitsWith: .failure) {
      var recent = RecentMean(of: 1)
      recent.add(1, sampleCount: -1)
    }
  }
}
