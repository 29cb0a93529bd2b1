import TensorCore

/// The mean of a quantity over the last samples, say of the loss over the last 1,000: a calmer curve than that of single steps.
///
/// ```swift
/// var recent = RecentMean(of: 1_000)
/// for batch in batches {
///   let loss = crossEntropy(model(batch.images, context), batch.labels)
///   recent.add(loss.item, sampleCount: batch.count)
///   print(loss.item, recent.value)
/// }
/// ```
public struct RecentMean: Sendable {
  private struct Entry {
    let value: Double
    var sampleCount: Int
  }

  /// How many samples are remembered.
  public let capacity: Int
  /// The batches from `first` on; those before are forgotten.
  private var entries: [Entry] = []
  private var first = 0
  /// The samples that the mean is of: as many as were added, at most ``capacity``.
  public private(set) var sampleCount = 0

  /// No sample yet; `capacity` of them are remembered.
  public init(of capacity: Int) {
    guard capacity >= 1 else { stop("RecentMean", "needs at least 1 sample, not \(capacity)") }
    self.capacity = capacity
  }

  /// Adds a batch's mean, or a single sample's value. The oldest samples beyond the capacity are forgotten, a batch in part.
  public mutating func add(_ value: Double, sampleCount count: Int = 1) {
    guard count >= 0 else { stop("RecentMean", "cannot add \(count) samples") }
    entries.append(Entry(value: value, sampleCount: count))
    sampleCount += count
    while sampleCount > capacity {
      let dropped = min(sampleCount - capacity, entries[first].sampleCount)
      entries[first].sampleCount -= dropped
      sampleCount -= dropped
      if entries[first].sampleCount == 0 { first += 1 }
    }
    if first > entries.count / 2 {
      entries.removeFirst(first)
      first = 0
    }
  }

  /// The mean; NaN without a sample. Added up anew each time, so that no rounding piles up.
  public var value: Double {
    entries[first...].reduce(0) { $0 + $1.value * Double($1.sampleCount) } / Double(sampleCount)
  }
}
