import TensorCore

/// How often images of each class were taken for each class.
public struct ConfusionMatrix: Sendable, Equatable, Codable {
  /// The counts: `counts[label][prediction]`.
  public private(set) var counts: [[Int]]

  /// No image yet, of `classCount` classes.
  public init(classCount: Int) {
    guard classCount >= 0 else { stop("ConfusionMatrix", "\(classCount) classes cannot be") }
    counts = [[Int]](repeating: [Int](repeating: 0, count: classCount), count: classCount)
  }

  /// Counts an image of class `label` that was taken for `prediction`. Stops on a class that there is not.
  public mutating func add(label: Int, prediction: Int) {
    guard counts.indices.contains(label), counts.indices.contains(prediction) else {
      stop("ConfusionMatrix", "there are \(counts.count) classes, not label \(label) and prediction \(prediction)")
    }
    counts[label][prediction] += 1
  }

  /// The number of classes.
  public var classCount: Int { counts.count }
  /// The number of images.
  public var total: Int { counts.reduce(0) { $0 + $1.reduce(0, +) } }
  /// The number of images that were recognised.
  public var correct: Int { counts.indices.reduce(0) { $0 + counts[$1][$1] } }
  /// The share of the images that were recognised; NaN without an image.
  public var accuracy: Double { Double(correct) / Double(total) }

  /// Of the images of a class, the share that was recognised; nil if there is none.
  public func recall(of label: Int) -> Double? {
    Self.share(counts[label][label], of: counts[label].reduce(0, +))
  }

  /// Of the images that were taken for a class, the share that are of it; nil if there is none.
  public func precision(of label: Int) -> Double? {
    Self.share(counts[label][label], of: counts.reduce(0) { $0 + $1[label] })
  }

  private static func share(_ part: Int, of whole: Int) -> Double? {
    whole > 0 ? Double(part) / Double(whole) : nil
  }

  /// A pair of classes of which one was taken for the other.
  public struct Confusion: Sendable, Equatable {
    /// The class of the images.
    public let label: Int
    /// The class they were taken for.
    public let prediction: Int
    /// How many.
    public let count: Int
  }

  /// The confusions that happened, the most frequent first, at most `limit`.
  public func confusions(limit: Int) -> [Confusion] {
    var found: [Confusion] = []
    for label in counts.indices {
      for prediction in counts.indices where label != prediction && counts[label][prediction] > 0 {
        found.append(Confusion(label: label, prediction: prediction, count: counts[label][prediction]))
      }
    }
    found.sort { ($1.count, $0.label, $0.prediction) < ($0.count, $1.label, $1.prediction) }
    return Array(found.prefix(limit))
  }
}
