import Datasets
import Foundation
import TensorCore
import Testing

@Suite struct PrefetchedEpochsTests {
  private static let perEpoch = 26

  private func epochs(_ numbers: Range<Int>, startingAt start: Int = 0, depth: Int = 2) throws -> PrefetchedEpochs {
    let samples = try samples()
    return PrefetchedEpochs(numbers, startingAt: start, depth: depth) { epoch in batches(samples, epoch) }
  }

  private func samples() throws -> PreparedImages {
    let set = try makeSet(labels: (0..<101).map { $0 % 3 }, height: 5, width: 6)
    return PreparedImages(set, try plain(set, padding: 1))
  }

  /// Shuffled, shifted, mirrored and cropped: another version in each epoch.
  private func batches(_ samples: PreparedImages, _ epoch: Int) -> Batches {
    let crop = RandomCrop(ImageSize(height: 5, width: 6), padding: 2)
    return Batches(
      samples, size: 4, order: .shuffled(seed: 1, epoch: epoch),
      augmenter: Augmenter(
        Augmentation(shift: 1), transforms: [RandomHorizontalFlip(), RandomVerticalFlip(), crop], seed: 7, epoch: epoch)
    )
  }

  /// The batches of each epoch by themselves, in the same order and with the same bits, with 1 and with 2 threads.
  @Test(arguments: [1, 2, 40]) func sameBatchesInTheSameOrder(depth: Int) throws {
    let samples = try samples()
    let plain = Array(batches(samples, 2).starting(at: 20)) + Array(batches(samples, 3)) + Array(batches(samples, 4))
    let threads = ThreadPool.threadCount
    defer { ThreadPool.threadCount = threads }
    for count in [1, 2] {
      ThreadPool.threadCount = count
      let ahead = Array(try epochs(2..<5, startingAt: 20, depth: depth))
      #expect(ahead.map(\.number) == Array(20..<26) + Array(0..<26) + Array(0..<26))
      #expect(ahead.map(\.sampleIndices) == plain.map(\.sampleIndices))
      #expect(ahead.map(\.images.scalars) == plain.map(\.images.scalars))
      #expect(ahead.map(\.labels.scalars) == plain.map(\.labels.scalars))
    }
  }

  /// Whoever takes longer with a batch than it takes to make one never waits: as many as may wait are ready each time, the first
  /// of an epoch among them.
  @Test(arguments: [1, 2, 3]) func noStepWaits(depth: Int) throws {
    var iterator = try epochs(0..<3, depth: depth).makeIterator()
    let total = 3 * Self.perEpoch
    for taken in 0..<total {
      let expected = min(depth, total - taken)
      let deadline = Date(timeIntervalSinceNow: 10)
      while iterator.readyCount < expected, Date() < deadline { Thread.sleep(forTimeInterval: 0.0002) }
      #expect(iterator.readyCount == expected, "\(taken)")
      #expect(iterator.next() != nil)
    }
    #expect(iterator.next() == nil)
  }

  @Test func anEpochThatIsOverIsPassedOver() throws {
    #expect(Array(try epochs(4..<6, startingAt: Self.perEpoch)).map(\.number) == Array(0..<26))
    #expect(Array(try epochs(4..<4)).isEmpty)
  }

  @Test func noDepthStops() async {
    await #expect(processExitsWith: .failure) {
      let set = try makeSet(labels: [0, 1])
      let samples = PreparedImages(set, try plain(set))
      _ = PrefetchedEpochs(0..<1, depth: 0) { _ in Batches(samples, size: 1) }
    }
  }
}
