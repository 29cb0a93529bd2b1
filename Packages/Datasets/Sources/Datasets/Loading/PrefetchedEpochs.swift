import TensorCore

/// The batches of one epoch after another, made ahead on one thread: also the first of an epoch are ready when the one before it
/// ends, or has been measured.
///
/// ```swift
/// let epochs = PrefetchedEpochs(0..<12) { epoch in
///   Batches(samples, size: 64, order: .shuffled(seed: 1, epoch: epoch))
/// }
/// for batch in epochs { train(batch.images, batch.labels) }
/// ```
/// The thread ends as that of ``PrefetchedBatches`` does.
public struct PrefetchedEpochs: Sequence, Sendable {
  /// The numbers of the epochs.
  public let epochs: Range<Int>
  /// The number of the first batch of the first epoch that is given.
  public let start: Int
  /// The number of finished batches that may wait.
  public let depth: Int
  private let batches: @Sendable (Int) -> Batches

  /// - Parameters:
  ///   - epochs: the numbers of the epochs.
  ///   - start: the number of the first batch of the first epoch that is given; see ``Batches/starting(at:)``. Default 0.
  ///   - depth: the number of finished batches that may wait, at least 1.
  ///   - batches: gives an epoch's batches; called on the thread.
  public init(
    _ epochs: Range<Int>, startingAt start: Int = 0, depth: Int = 2, _ batches: @escaping @Sendable (Int) -> Batches
  ) {
    guard depth >= 1 else { stop("prefetched", "at least 1 batch must be made ahead, not \(depth)") }
    (self.epochs, self.start, self.depth, self.batches) = (epochs, start, depth, batches)
  }

  /// Starts the thread.
  public func makeIterator() -> PrefetchedBatches.Iterator {
    let (epochs, start, batches) = (epochs, start, batches)
    return PrefetchedBatches.Iterator(depth: depth) { put in
      for epoch in epochs {
        for batch in batches(epoch).starting(at: epoch == epochs.lowerBound ? start : 0) {
          guard put(batch) else { return }
        }
      }
    }
  }
}
