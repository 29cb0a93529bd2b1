import Datasets
import Models
import TensorCore

/// Steps of training whose images come from the loader, made ahead as `Trainer` has them: how long do steps wait for them?
struct LoadedWork {
  /// What the loader does with the images.
  enum Loader: String, CaseIterable, Sendable {
    /// Normalised.
    case plain
    /// Mirrored and cropped at random, and normalised.
    case crops
    /// Turned, moved, slanted and resized at random, and normalised.
    case warps

    /// The changes.
    var recipe: AugmentationRecipe? {
      switch self {
      case .plain: nil
      case .crops: .mirroredCrops
      case .warps: .handwriting
      }
    }
  }

  private let work: NetworkWork
  private var batches: PrefetchedBatches.Iterator

  /// The network of an entry that classifies images, and random images of its paper's size.
  init(_ entry: ModelEntry, batchSize: Int, _ loader: Loader) throws {
    work = try NetworkWork(entry, batchSize: batchSize, mode: .train)
    let samples = try RandomImages.samples(Shape([batchSize] + entry.facts.input.sizes))
    batches =
      PrefetchedEpochs(0..<Int.max) { epoch in
        RandomImages.batches(samples, size: batchSize, loader.recipe, epoch: epoch)
      }.makeIterator()
  }

  /// One step; returns the seconds that it waited for its images.
  mutating func step() -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    guard let batch = batches.next() else { return 0 }
    let waited = (clock.now - start).seconds
    work.step(batch.images, batch.labels)
    return waited
  }
}

/// A data set of random bytes, to measure the loader with.
enum RandomImages {
  /// The bytes of images at most: more than lies in a cache.
  private static let largest = 1 << 25

  /// The batches of an epoch, shuffled and changed.
  static func batches(_ samples: PreparedImages, size: Int, _ recipe: AugmentationRecipe?, epoch: Int) -> Batches {
    Batches(
      samples, size: size, order: .shuffled(seed: 1, epoch: epoch), droppingLast: true,
      augmenter: Augmenter(Augmentation(recipe: recipe), seed: 1, epoch: epoch))
  }

  /// As many images as there are of `shape`, `[N, C, H, W]`, at least, of two classes.
  static func samples(_ shape: Shape) throws -> PreparedImages {
    let (channels, size) = (shape[1], ImageSize(height: shape[2], width: shape[3]))
    let imageSize = channels * size.height * size.width
    let count = max(shape[0], min(largest / imageSize, 60_000))
    var random = RandomStream(seed: 1)
    let pixels = (0..<count * imageSize).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    let information = DatasetInformation(
      name: "random", title: "random bytes", classNames: ["0", "1"], license: "none", citation: "none", homepage: "")
    let dataset = try ImageDataset(
      pixels: Tensor(pixels, shape: [count, channels, size.height, size.width]),
      labels: Tensor((0..<count).map { Int64($0 % 2) }), information: information)
    let statistics = PixelStatistics(of: dataset)
    return PreparedImages(
      dataset,
      try Preprocessing(channels: channels, imageSize: size, mean: statistics.mean, deviation: statistics.deviation))
  }
}
