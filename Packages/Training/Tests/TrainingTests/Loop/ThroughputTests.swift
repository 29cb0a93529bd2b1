import Testing
import Training

struct ThroughputTests {
  @Test func isRightFromTheFirstStep() {
    var throughput = Throughput()
    #expect(throughput.rate == 0)
    #expect(throughput.seconds(for: 10) == nil)
    throughput.add(images: 64, seconds: 0.5)
    #expect(throughput.rate == 128)
    #expect(throughput.seconds(for: 640) == 5)
  }

  @Test func forgetsOldSteps() {
    var throughput = Throughput()
    for _ in 0..<100 { throughput.add(images: 10, seconds: 1) }
    for _ in 0..<100 { throughput.add(images: 1_000, seconds: 1) }
    #expect(abs(throughput.rate - 1_000) < 1e-3)
  }
}
