import TensorCore

/// A figure of a set of images, counted batch by batch; for all that is measured beside loss and accuracy.
///
/// ```swift
/// struct MeanConfidence: Metric {
///   let name = "confidence"
///   private var sum = 0.0, count = 0.0
///
///   mutating func add(_ logits: Tensor<Float>, _ labels: Tensor<Int64>) {
///     sum += logits.softmax(along: 1).max(along: 1).scalars.reduce(0) { $0 + Double($1) }
///     count += Double(labels.count)
///   }
///   var value: Double { sum / count }
/// }
/// let evaluation = try evaluate(model, on: test, metrics: [TopKAccuracy(5), MeanConfidence()])
/// print(evaluation.metrics)
/// ```
public protocol Metric: Sendable {
  /// What it is called in reports and logs, as `top-5`.
  var name: String { get }
  /// Counts a batch of logits `[N, C]` and labels `[N]`.
  mutating func add(_ logits: Tensor<Float>, _ labels: Tensor<Int64>)
  /// The figure of what was counted so far.
  var value: Double { get }
}

extension TopKAccuracy: Metric {
  /// `top-5` for k = 5.
  public var name: String { "top-\(k)" }
}

extension Perplexity: Metric {
  /// `perplexity`.
  public var name: String { "perplexity" }
}

extension CalibrationError: Metric {
  /// `calibration-error`.
  public var name: String { "calibration-error" }
}

/// The mean of the classes' F1; see ``ConfusionMatrix/f1(_:)``.
public struct MacroF1: Metric, Equatable {
  private var confusion = ConfusionMatrix(classCount: 0)

  /// No image yet.
  public init() {}

  /// `f1`.
  public var name: String { "f1" }

  public mutating func add(_ logits: Tensor<Float>, _ labels: Tensor<Int64>) {
    if confusion.total == 0 { confusion = ConfusionMatrix(classCount: logits.shape[1]) }
    confusion.add(labels: labels, logits: logits)
  }

  public var value: Double { confusion.f1(.macro) }
}

/// The metrics that are known by name.
public enum Metrics {
  /// What a name may be, for messages.
  public static let names = "top-K, such as top-5, perplexity, calibration-error or f1"

  /// The metric of a name.
  ///
  /// - Throws: ``SettingsError`` for a name that none has.
  public static func named(_ name: String) throws(SettingsError) -> any Metric {
    switch name {
    case "perplexity": return Perplexity()
    case "calibration-error": return CalibrationError()
    case "f1": return MacroF1()
    default:
      guard name.hasPrefix("top-"), let k = Int(name.dropFirst(4)), (1...1_000_000).contains(k) else {
        throw SettingsError("metrics", expected: "one of \(names)", found: "'\(name)'")
      }
      return TopKAccuracy(k)
    }
  }
}
