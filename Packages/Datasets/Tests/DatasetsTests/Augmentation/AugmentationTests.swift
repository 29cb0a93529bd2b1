import Datasets
import TensorCore
import Testing

@Suite struct AugmentationTests {
  private func samples() throws -> PreparedImages {
    let set = try makeSet(labels: (0..<23).map { $0 % 3 }, height: 5, width: 4)
    return PreparedImages(set, try plain(set))
  }

  /// What each sample of an epoch looks like, by its number.
  private func looks(
    size: Int, order: SampleOrder, seed: UInt64 = 1, epoch: Int = 2, shift: Int = 2, ahead: Bool = false
  ) throws -> [Int: [Float]] {
    let augmenter = Augmenter(Augmentation(shift: shift), seed: seed, epoch: epoch)
    let batches = Batches(try samples(), size: size, order: order, augmenter: augmenter)
    var looks: [Int: [Float]] = [:]
    for batch in ahead ? Array(batches.prefetched()) : Array(batches) {
      let pixels = batch.images.scalars
      for (position, sample) in batch.sampleIndices.enumerated() {
        looks[sample] = Array(pixels[position * 20..<(position + 1) * 20])
      }
    }
    return looks
  }

  @Test func orderSizeAndPrefetchingChangeNothing() throws {
    let reference = try looks(size: 23, order: .sequential)
    #expect(reference.count == 23)
    #expect(try looks(size: 4, order: .sequential) == reference)
    #expect(try looks(size: 7, order: .shuffled(seed: 5, epoch: 1)) == reference)
    #expect(try looks(size: 7, order: .shuffled(seed: 5, epoch: 1), ahead: true) == reference)
  }

  @Test func seedAndEpochDecide() throws {
    let reference = try looks(size: 23, order: .sequential)
    #expect(try looks(size: 23, order: .sequential, seed: 2) != reference)
    #expect(try looks(size: 23, order: .sequential, epoch: 3) != reference)
    #expect(try looks(size: 23, order: .sequential, shift: 0) != reference)
  }

  @Test func nothingIsDoneWhereNothingIsSaid() throws {
    let plain = Batches(try samples(), size: 23).batch(0).images.scalars
    let none = Batches(try samples(), size: 23, augmenter: Augmenter(.none, seed: 1, epoch: 0)).batch(0).images.scalars
    #expect(none == plain)
  }

  @Test func theRestOfAnEpochLooksTheSame() throws {
    let augmenter = Augmenter(Augmentation(shift: 1), seed: 1, epoch: 0)
    let whole = Batches(try samples(), size: 4, order: .shuffled(seed: 1, epoch: 0), augmenter: augmenter)
    #expect(whole.starting(at: 3).map(\.images.scalars) == Array(whole.map(\.images.scalars).dropFirst(3)))
  }

  @Test func wrongUseStops() async {
    await #expect(processExitsWith: .failure) { _ = Augmentation(shift: -1) }
    await #expect(processExitsWith: .failure) {
      _ = Augmenter(Augmentation(shift: 1), seed: 1, epoch: 0).augmented(.zeros([2, 1, 3, 3]), samples: [0])
    }
  }
}
