import Datasets
import TensorCore
import Testing

@Suite struct ImageTransformTests {
  private func samples() throws -> PreparedImages {
    let dataset = try makeSet(labels: (0..<12).map { $0 % 3 }, channels: 3, height: 10, width: 8)
    return PreparedImages(dataset, try plain(dataset))
  }

  private let steps: [any ImageTransform] = [
    RandomResizedCrop(ImageSize(height: 10, width: 8)), RandomHorizontalFlip(),
    ColorJitter(brightness: 0.3, contrast: 0.3, saturation: 0.3, hue: 0.1), RandomNoise(deviation: 0.02),
  ]

  /// Whatever the order, the batch size or the number of threads, a sample looks the same.
  @Test func dependsOnSeedEpochAndSampleOnly() throws {
    let samples = try samples()
    let augmenter = Augmenter(transforms: steps, seed: 1, epoch: 2)
    let whole = Batches(samples, size: 12, augmenter: augmenter).batch(0)
    let threads = ThreadPool.threadCount
    defer { ThreadPool.threadCount = threads }
    ThreadPool.threadCount = 1
    for batch in Batches(samples, size: 5, order: .shuffled(seed: 3, epoch: 1), augmenter: augmenter) {
      for (position, sample) in batch.sampleIndices.enumerated() {
        let own = batch.images.slice(axis: 0, range: position..<position + 1)
        #expect(own == whole.images.slice(axis: 0, range: sample..<sample + 1))
      }
    }
    let other = Batches(samples, size: 12, augmenter: Augmenter(transforms: steps, seed: 1, epoch: 3)).batch(0)
    let seeded = Batches(samples, size: 12, augmenter: Augmenter(transforms: steps, seed: 2, epoch: 2)).batch(0)
    #expect(other.images != whole.images)
    #expect(seeded.images != whole.images)
  }

  /// Batches are the transformed images, prepared as any image is.
  @Test func batchesAreTransformedThenPrepared() throws {
    let samples = try samples()
    let augmenter = Augmenter(transforms: [RandomVerticalFlip(probability: 1)], seed: 1, epoch: 0)
    let batch = Batches(samples, size: 4, augmenter: augmenter).batch(1)
    let expected = (4..<8).map { samples.dataset.image($0).flippedVertically() }
    #expect(batch.images == samples.preprocessing.prepare(expected))
    #expect(batch.labels.scalars == [1, 2, 0, 1])
  }

  @Test func stepsCompose() {
    let image = RasterImage(channels: 1, size: ImageSize(height: 1, width: 2), intensities: [0.2, 0.6])
    var random = RandomStream(seed: 1)
    let both = TransformSequence([RandomHorizontalFlip(probability: 1), Resize(ImageSize(height: 1, width: 1))])
    #expect(both.transformed(image, using: &random).intensities == [0.4])
    let flip = RandomHorizontalFlip(probability: 1)
    let sometimes = (0..<1000).count { _ in
      RandomApplication(flip, probability: 0.3).transformed(image, using: &random) != image
    }
    #expect((240...360).contains(sometimes))
    let choice = RandomChoice([flip, RandomHorizontalFlip(probability: 0)])
    let chosen = (0..<1000).count { _ in choice.transformed(image, using: &random) != image }
    #expect((430...570).contains(chosen))
  }

  @Test func wrongNumbersStop() async {
    await #expect(processExitsWith: .failure) { _ = RandomChoice([]) }
    await #expect(processExitsWith: .failure) { _ = RandomApplication(RandomHorizontalFlip(), probability: -0.1) }
  }
}
