import Foundation
import TensorCore

/// The expected calibration error: how far a network's confidence is from how often it is right.
///
/// Answers are sorted by their probability p into M bins (0, 1/M], (1/M, 2/M], …; ECE = Σ_b (n_b / n) · |accuracy of b − mean
/// p of b|. A network that says 0.8 and is right four times out of five has none.
///
/// Guo, Pleiss, Sun and Weinberger 2017, "On calibration of modern neural networks".
public struct CalibrationError: Sendable, Equatable {
  /// The answers of one range of confidence, for a reliability diagram.
  public struct Bin: Sendable, Equatable {
    /// How many answers there are.
    public fileprivate(set) var count = 0
    /// How many of them are right.
    public fileprivate(set) var correct = 0
    fileprivate var confidenceSum = 0.0

    /// The share of right answers; NaN without an answer.
    public var accuracy: Double { Double(correct) / Double(count) }
    /// The mean probability of the answers; NaN without an answer.
    public var confidence: Double { confidenceSum / Double(count) }
  }

  /// The bins by rising confidence.
  public private(set) var bins: [Bin]
  private var hasUndefinedAnswer = false

  /// No answer yet. The paper's number of bins is 15.
  public init(binCount: Int = 15) {
    guard binCount >= 1 else { stop("CalibrationError", "needs at least 1 bin, not \(binCount)") }
    bins = [Bin](repeating: Bin(), count: binCount)
  }

  /// Counts a batch of logits `[N, C]` and labels `[N]`; the probabilities are their softmax, in double precision. Of logits
  /// with a NaN, as a network gives that has diverged, there are none: ``value`` is NaN then.
  public mutating func add(_ logits: Tensor<Float>, _ labels: Tensor<Int64>) {
    LabeledRows("CalibrationError", logits, labels).forEach { row, label in
      guard let answer = LogitRow(logits: row).top(1).first else { return }
      guard !answer.probability.isNaN else { return hasUndefinedAnswer = true }
      add(confidence: answer.probability, isCorrect: answer.label == label)
    }
  }

  /// Counts one answer, given with a probability of 0...1.
  public mutating func add(confidence: Double, isCorrect: Bool) {
    guard (0...1).contains(confidence) else {
      stop("CalibrationError", "the probability \(confidence) is not in 0...1")
    }
    let bin = min(max(Int((confidence * Double(bins.count)).rounded(.up)) - 1, 0), bins.count - 1)
    bins[bin].count += 1
    bins[bin].correct += isCorrect ? 1 : 0
    bins[bin].confidenceSum += confidence
  }

  /// The error, in 0...1; NaN without an answer, or with one that has no probability.
  public var value: Double {
    guard !hasUndefinedAnswer else { return .nan }
    let total = bins.reduce(0) { $0 + $1.count }
    let gaps = bins.filter { $0.count > 0 }.map { abs(Double($0.correct) - $0.confidenceSum) }
    return gaps.reduce(0, +) / Double(total)
  }
}
