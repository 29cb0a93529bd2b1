import Foundation
import TensorCore

/// How values are spread: sums, and counts between their smallest and largest.
///
/// Values that are not finite are left out of all figures and counted in ``undefinedCount``.
public struct ValueHistogram: Sendable, Equatable {
  /// The smallest value; 0 without values.
  public private(set) var smallest = 0.0
  /// The largest value; 0 without values.
  public private(set) var largest = 0.0
  /// The number of values.
  public private(set) var count = 0
  /// Their sum.
  public private(set) var sum = 0.0
  /// The sum of their squares.
  public private(set) var squareSum = 0.0
  /// The number of values that are not finite.
  public private(set) var undefinedCount = 0
  /// The upper end of each bucket; the lower one is that of the one before, of the first ``smallest``.
  public private(set) var limits: [Double] = []
  /// The number of values in each bucket.
  public private(set) var counts: [Int] = []

  /// The histogram of `values` in `bucketCount` buckets of equal width; one bucket where all are equal.
  public init(_ values: Tensor<Float>, bucketCount: Int = 30) {
    guard bucketCount >= 1 else { stop("ValueHistogram", "needs at least 1 bucket, got \(bucketCount)") }
    values.withUnsafeBufferPointer { add($0, bucketCount: bucketCount) }
  }

  /// The mean; not a number without values.
  public var mean: Double { sum / Double(count) }

  /// The deviation from the mean; not a number without values.
  public var deviation: Double { max(0, squareSum / Double(count) - mean * mean).squareRoot() }

  private mutating func add(_ values: UnsafeBufferPointer<Float>, bucketCount: Int) {
    var (low, high) = (Float.infinity, -Float.infinity)
    for value in values {
      guard value.isFinite else {
        undefinedCount += 1
        continue
      }
      count += 1
      sum += Double(value)
      squareSum += Double(value) * Double(value)
      low = min(low, value)
      high = max(high, value)
    }
    guard count > 0 else { return }
    (smallest, largest) = (Double(low), Double(high))
    let buckets = high > low ? bucketCount : 1
    let width = (largest - smallest) / Double(buckets)
    limits = (1...buckets).map { $0 == buckets ? largest : smallest + width * Double($0) }
    counts = [Int](repeating: 0, count: buckets)
    let scale = width > 0 ? 1 / width : 0
    for value in values where value.isFinite {
      counts[min(Int((Double(value) - smallest) * scale), buckets - 1)] += 1
    }
  }
}
