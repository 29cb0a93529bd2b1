import Foundation
import TensorCore
import Testing

@Suite struct RandomStreamTests {
  /// The known answers that the authors of Philox publish with Random123 (kat_vectors, philox4x32 10).
  @Test(
    arguments: [
      ([0, 0, 0, 0], [0, 0], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
      (
        [0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff], [0xffff_ffff, 0xffff_ffff],
        [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
      ),
      (
        [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0],
        [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
      ),
    ] as [([UInt32], [UInt32], [UInt32])])
  func knownAnswers(counter: [UInt32], key: [UInt32], answer: [UInt32]) {
    #expect(philox(counter: SIMD4(counter), key: SIMD2(key)) == SIMD4(answer))
  }

  @Test func numbersAreTheWordsOfTheBlocksInOrder() {
    // Key, stream and block number of the third vector, in 64 bits, low word first.
    var random = RandomStream(
      key: 0x299f_31d0_a409_3822, stream: 0x0370_7344_1319_8a2e, counter: 0x85a3_08d3_243f_6a88 << 1)
    // The block number has 63 bits, so that the vector's highest bit is lost; ask for the block that has it instead.
    let block = philox(
      counter: [0x243f_6a88, 0x05a3_08d3, 0x1319_8a2e, 0x0370_7344], key: [0xa409_3822, 0x299f_31d0])
    #expect(random.next() == UInt64(block[0]) | UInt64(block[1]) << 32)
    #expect(random.next() == UInt64(block[2]) | UInt64(block[3]) << 32)
    let following = philox(
      counter: [0x243f_6a89, 0x05a3_08d3, 0x1319_8a2e, 0x0370_7344], key: [0xa409_3822, 0x299f_31d0])
    #expect(random.next() == UInt64(following[0]) | UInt64(following[1]) << 32)
  }

  @Test func stateResumesTheStream() throws {
    var random = RandomStream(seed: 9)
    for _ in 0..<5 { _ = random.next() }
    var resumed = RandomStream(key: random.key, stream: random.stream, counter: random.counter)
    var decoded = try JSONDecoder().decode(RandomStream.self, from: JSONEncoder().encode(random))
    #expect(resumed == random)
    #expect(decoded == random)
    let expected = random.next()
    #expect(resumed.next() == expected)
    #expect(decoded.next() == expected)
    #expect(resumed == random)
  }

  @Test func splitStreamsDifferFromEachOtherAndTheirSource() {
    var random = RandomStream(seed: 3)
    var streams = [random.split(), random.split(), random.split().movedOn(), random]
    var again = RandomStream(seed: 3)
    var first = again.split()
    #expect(first == streams[0])
    var seen: Set<UInt64> = []
    for index in streams.indices {
      for _ in 0..<1000 { seen.insert(streams[index].next()) }
    }
    #expect(seen.count == 4000)
    #expect(seen.contains(first.next()))
  }

  @Test func neighboringSeedsAgreeInHalfOfTheirBits() {
    var (a, b) = (RandomStream(seed: 1), RandomStream(seed: 2))
    let different = (0..<1000).reduce(0) { sum, _ in sum + (a.next() ^ b.next()).nonzeroBitCount }
    // 64,000 fair coins: deviation 126; six of them.
    #expect(abs(different - 32_000) < 760)
  }

  @Test func boundedIntegersAreFairAndInside() {
    var random = RandomStream(seed: 5)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[random.integer(below: 7)] += 1 }
    // Binomial, mean 10,000, deviation 93; five of them.
    #expect(counts.allSatisfy { abs($0 - 10_000) < 465 })
    #expect((0..<100).allSatisfy { _ in random.integer(below: 1) == 0 })
    // A bound of 3·2⁶¹ rejects a quarter of the draws: without rejection the lower numbers come too often.
    let large = 3 << 61
    let low = (0..<40_000).filter { _ in random.integer(below: large) < 1 << 61 }.count
    // A third of 40,000, deviation 94.
    #expect(abs(low - 13_333) < 470)
  }

  @Test func singleDrawsHaveTheirMoments() {
    var random = RandomStream(seed: 6)
    let uniform = (0..<100_000).map { _ in random.uniform() }
    #expect(uniform.allSatisfy { $0 >= 0 && $0 < 1 })
    // Deviation of the mean: √(1/12 / 10⁵) = 0.00091.
    #expect(abs(uniform.reduce(0, +) / 1e5 - 0.5) < 0.0046)
    let normal = (0..<100_000).map { _ in random.normal() }
    #expect(abs(normal.reduce(0, +) / 1e5) < 0.016)
    // Deviation of the mean square: √(2 / 10⁵) = 0.0045.
    #expect(abs(normal.reduce(0) { $0 + $1 * $1 } / 1e5 - 1) < 0.0225)
  }

  @Test func stopsForABoundOfZero() async {
    await #expect(processExitsWith: .failure) {
      var random = RandomStream(seed: 1)
      _ = random.integer(below: 0)
    }
  }
}

extension RandomStream {
  /// The same stream after some draws.
  fileprivate func movedOn() -> RandomStream { RandomStream(key: key, stream: stream, counter: counter + 3) }
}
