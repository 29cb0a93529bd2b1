import TensorCore

/// How often the right class is among the k with the largest logits; for k = 1 the accuracy.
///
/// ```swift
/// var topFive = TopKAccuracy(5)
/// for batch in batches { topFive.add(try model.predict(batch.images), batch.labels) }
/// print(topFive.value)
/// ```
public struct TopKAccuracy: Sendable, Equatable {
  /// The number of classes that may be named.
  public let k: Int
  /// The images of which the right class was among them.
  public private(set) var correct = 0
  /// The images.
  public private(set) var total = 0

  /// No image yet. Stops unless `k` is at least 1.
  public init(_ k: Int) {
    guard k >= 1 else { stop("TopKAccuracy", "k must be at least 1, not \(k)") }
    self.k = k
  }

  /// Counts a batch of logits `[N, C]` and labels `[N]`. Of equal logits that of the lower class comes first; a right class
  /// whose logit is NaN is not found.
  public mutating func add(_ logits: Tensor<Float>, _ labels: Tensor<Int64>) {
    LabeledRows("TopKAccuracy", logits, labels).forEach { row, label in
      let own = row[label]
      let ahead = row.indices.count { row[$0] > own || (row[$0] == own && $0 < label) }
      if ahead < k, !own.isNaN { correct += 1 }
      total += 1
    }
  }

  /// The share of the images whose class was found; NaN without an image.
  public var value: Double { Double(correct) / Double(total) }
}

/// The rows of logits `[N, C]` with their labels `[N]`, checked.
struct LabeledRows {
  private let logits: Tensor<Float>
  private let labels: [Int64]

  init(_ metric: String, _ logits: Tensor<Float>, _ labels: Tensor<Int64>) {
    guard logits.rank == 2, labels.rank == 1, logits.shape[0] == labels.shape[0] else {
      stop(metric, "needs logits [N, C] and labels [N], got \(logits.shape) and \(labels.shape)")
    }
    self.logits = logits
    self.labels = labels.scalars
    guard let wrong = self.labels.first(where: { $0 < 0 || $0 >= logits.shape[1] }) else { return }
    stop(metric, "there are \(logits.shape[1]) classes, not label \(wrong)")
  }

  /// Calls `body` with each row and its label.
  func forEach(_ body: (UnsafeBufferPointer<Float>, Int) -> Void) {
    LogitRows(logits).forEach { position, row in body(row.logits, Int(labels[position])) }
  }
}
