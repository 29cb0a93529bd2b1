import TensorCore

/// One epoch of a data set, cut into batches.
///
/// ```swift
/// let samples = PreparedImages(splits.training, preprocessing)
/// for batch in Batches(samples, size: 64, order: .shuffled(seed: 1, epoch: 0)).prefetched() {
///   train(batch.images, batch.labels)
/// }
/// ```
/// The samples of batch `k` depend on the order, the size and `k` only, and their augmentation not even on those: an epoch that goes on from `starting(at: k)`
/// gives the same batches as one that never stopped.
public struct Batches: Sequence, Sendable {
  /// The samples.
  public let samples: PreparedImages
  /// The number of samples of a full batch.
  public let size: Int
  /// The number of batches of the whole epoch.
  public let count: Int
  /// The number of the first batch given.
  public let start: Int
  /// What changes the images at random, if anything.
  public let augmenter: Augmenter?
  private let indices: [Int]

  /// The batches of one epoch.
  ///
  /// - Parameters:
  ///   - samples: the prepared images.
  ///   - size: the number of samples in a batch, at least 1.
  ///   - order: the order of the samples; as they lie by default.
  ///   - droppingLast: whether a last batch of fewer than `size` samples is left out. A set smaller than one batch
  ///     is its only batch and stays.
  ///   - augmenter: what changes the images at random; nothing by default.
  public init(
    _ samples: PreparedImages, size: Int, order: SampleOrder = .sequential, droppingLast: Bool = false,
    augmenter: Augmenter? = nil
  ) {
    guard size >= 1 else { stop("batches", "a batch must have at least 1 sample, not \(size)") }
    self.samples = samples
    self.size = size
    self.augmenter = augmenter
    start = 0
    indices = order.indices(count: samples.count)
    let full = indices.count / size
    let hasPart = !indices.count.isMultiple(of: size)
    count = hasPart && !(droppingLast && full > 0) ? full + 1 : full
  }

  private init(_ whole: Batches, start: Int) {
    samples = whole.samples
    size = whole.size
    count = whole.count
    augmenter = whole.augmenter
    indices = whole.indices
    self.start = start
  }

  /// The same epoch from batch `number` on: the batches before it are not made.
  ///
  /// Stops unless `number` is in `0...count`; at `count` there is none left.
  public func starting(at number: Int) -> Batches {
    guard (0...count).contains(number) else {
      stop("batches", "an epoch of \(count) batches cannot start at batch \(number)")
    }
    return Batches(self, start: number)
  }

  /// Batch `number` of the epoch. Stops unless it is in `0..<count`.
  public func batch(_ number: Int) -> Batch {
    guard (0..<count).contains(number) else {
      stop("batches", "there is no batch \(number), the epoch has \(count)")
    }
    let chosen = Array(indices[(number * size)..<Swift.min((number + 1) * size, indices.count)])
    let labels = samples.dataset.labels(at: chosen)
    let (read, failure) = samples.read(chosen, by: augmenter)
    let images = augmenter?.augmented(read, samples: chosen) ?? read
    return Batch(images: images, labels: labels, number: number, sampleIndices: chosen, failure: failure)
  }

  /// The number of batches that iteration gives.
  public var underestimatedCount: Int { count - start }

  /// An iterator that makes each batch as it is asked for.
  public func makeIterator() -> Iterator { Iterator(self) }

  /// Makes the batches one by one.
  public struct Iterator: IteratorProtocol {
    private let batches: Batches
    private var number: Int

    init(_ batches: Batches) {
      self.batches = batches
      number = batches.start
    }

    public mutating func next() -> Batch? {
      guard number < batches.count else { return nil }
      defer { number += 1 }
      return batches.batch(number)
    }
  }
}
