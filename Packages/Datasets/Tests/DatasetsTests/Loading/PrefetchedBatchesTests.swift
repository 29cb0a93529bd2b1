import Datasets
import Foundation
import TensorCore
import Testing

@Suite struct PrefetchedBatchesTests {
  private func samples() throws -> PreparedImages {
    let set = try makeSet(labels: (0..<101).map { $0 % 3 }, height: 3, width: 3)
    return PreparedImages(set, try plain(set, padding: 1))
  }

  @Test(arguments: [1, 2, 7, 100])
  func sameBatchesInTheSameOrder(depth: Int) throws {
    let batches = Batches(try samples(), size: 4, order: .shuffled(seed: 1, epoch: 2))
    let plain = Array(batches)
    let ahead = Array(batches.prefetched(depth: depth))
    #expect(ahead.map(\.number) == Array(0..<26))
    #expect(ahead.map(\.images.scalars) == plain.map(\.images.scalars))
    #expect(ahead.map(\.labels.scalars) == plain.map(\.labels.scalars))
  }

  @Test func resumesToo() throws {
    let batches = Batches(try samples(), size: 4, order: .shuffled(seed: 1, epoch: 2))
    #expect(batches.starting(at: 20).prefetched().map(\.number) == Array(20..<26))
    #expect(Array(batches.starting(at: 26).prefetched()).isEmpty)
  }

  @Test func nothingFollowsTheEnd() throws {
    var iterator = Batches(try samples(), size: 101).prefetched().makeIterator()
    #expect(iterator.next()?.count == 101)
    #expect(iterator.next() == nil)
    #expect(iterator.next() == nil)
  }

  /// A thread that outlived its iterator would show: 300 of them do not fit where the test asserts a bound.
  @Test func leavingEarlyEndsTheThread() throws {
    let batches = Batches(try samples(), size: 1).prefetched(depth: 3)
    for taken in 0..<300 {
      var iterator = batches.makeIterator()
      for _ in 0..<(taken % 5) { #expect(iterator.next() != nil) }
    }
    let deadline = Date(timeIntervalSinceNow: 10)
    while PrefetchedBatches.liveThreads > 0, Date() < deadline { Thread.sleep(forTimeInterval: 0.001) }
    #expect(PrefetchedBatches.liveThreads == 0)
  }

  @Test func noDepthStops() async {
    await #expect(processExitsWith: .failure) {
      let set = try makeSet(labels: [0, 1])
      _ = Batches(PreparedImages(set, try plain(set)), size: 1).prefetched(depth: 0)
    }
  }
}
