import TensorCore
import Testing

/// Broken files never end the process; `make sanitize` runs many more of them under the sanitizers.
@Suite struct MutatedFilesTests {
  @Test func samplesAreValid() throws {
    for sample in try FuzzSample.all() { #expect(sample.read(sample.bytes) > 0, "\(sample.name)") }
  }

  @Test func brokenFilesAreReadOrRefused() throws {
    var refused = 0
    for (number, sample) in try FuzzSample.all().enumerated() {
      var mutator = Mutator(seed: UInt64(number))
      for _ in 0..<300 where sample.read(sample.mutated(by: &mutator)) == 0 { refused += 1 }
    }
    // Were hardly any refused, the changes would not reach what is checked.
    #expect(refused > 1_500)
  }
}
