import Foundation
import TensorCore

/// exp of the mean negative log-likelihood: among how many equally likely classes a network seems to choose.
///
/// C for one that knows nothing of C classes, 1 for one that is always sure and right.
public struct Perplexity: Sendable, Equatable {
  private var sum = 0.0
  /// The number of labels.
  public private(set) var count = 0
  /// A label whose rows do not count; nil for none.
  public let ignoredLabel: Int64?

  /// No label yet.
  public init(ignoring ignoredLabel: Int64? = nil) { self.ignoredLabel = ignoredLabel }

  /// Counts logits `[…, C]` and labels `[…]`; the likelihoods are the logits' softmax, in double precision.
  public mutating func add(_ logits: Tensor<Float>, _ labels: Tensor<Int64>) {
    guard let width = logits.shape.last, logits.shape.sizes.dropLast().elementsEqual(labels.shape.sizes) else {
      stop("Perplexity", "needs logits […, C] and labels […], got \(logits.shape) and \(labels.shape)")
    }
    let rows = LogitRows(logits.reshaped([labels.count, width]))
    let labels = labels.scalars
    var likelihood = (sum: 0.0, count: 0)
    rows.forEach { position, row in
      let label = labels[position]
      guard label != ignoredLabel else { return }
      guard row.logits.indices.contains(Int(label)) else {
        stop("Perplexity", "there are \(width) classes, not label \(label)")
      }
      likelihood.sum += Self.surprise(row.logits, Int(label))
      likelihood.count += 1
    }
    sum += likelihood.sum
    count += likelihood.count
  }

  /// -ln of the label's probability. Infinite logits share all of it.
  private static func surprise(_ logits: UnsafeBufferPointer<Float>, _ label: Int) -> Double {
    let largest = Double(logits.max() ?? 0), own = Double(logits[label])
    let sum = logits.reduce(0) { $0 + (Double($1) == largest ? 1 : exp(Double($1) - largest)) }
    return log(sum) + (own == largest ? 0 : largest - own)
  }

  /// The perplexity; NaN without a label.
  public var value: Double { exp(sum / Double(count)) }
}
