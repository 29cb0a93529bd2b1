import TensorCore

/// Scores that follow from how often which class was taken for which.
///
/// With TP right answers of a class, FN images of it that were taken for another and FP images of others taken for it:
/// precision = TP / (TP + FP), recall = TP / (TP + FN), F1 = 2 TP / (2 TP + FP + FN), IoU = TP / (TP + FP + FN).
extension ConfusionMatrix {
  /// How the scores of the classes become one.
  public enum Averaging: Sendable {
    /// The mean over the classes that occur, as label or as answer; each counts the same, an undefined score as 0.
    case macro
    /// From the sums of TP, FP and FN over all classes. With one answer to each image all of them are the accuracy.
    case micro
  }

  /// Counts a batch of images or pixels.
  ///
  /// - Parameters:
  ///   - labels: the classes, of any shape.
  ///   - predictions: what they were taken for, of the same shape.
  ///   - ignoredLabel: a label whose elements do not count, such as 255 for borders. Default none.
  public mutating func add(labels: Tensor<Int64>, predictions: Tensor<Int64>, ignoring ignoredLabel: Int64? = nil) {
    guard labels.shape == predictions.shape else {
      stop("ConfusionMatrix", "needs two equal shapes, got \(labels.shape) and \(predictions.shape)")
    }
    for (label, prediction) in zip(labels.scalars, predictions.scalars) where label != ignoredLabel {
      add(label: Int(label), prediction: Int(prediction))
    }
  }

  /// Counts a batch: the answer is the class with the largest logit along axis 1, of `[N, C]` or of maps `[N, C, H, W]`.
  public mutating func add(labels: Tensor<Int64>, logits: Tensor<Float>, ignoring ignoredLabel: Int64? = nil) {
    add(labels: labels, predictions: logits.argmax(along: 1), ignoring: ignoredLabel)
  }

  /// The harmonic mean of a class's precision and recall; nil for a class that does not occur.
  public func f1(of label: Int) -> Double? {
    let (hits, spurious, missed) = outcomes(of: label)
    return share(2 * hits, of: 2 * hits + spurious + missed)
  }

  /// The intersection over the union of a class's elements and of those taken for it; nil for a class that does not
  /// occur.
  public func intersectionOverUnion(of label: Int) -> Double? {
    let (hits, spurious, missed) = outcomes(of: label)
    return share(hits, of: hits + spurious + missed)
  }

  /// The precision of all classes; NaN without an image.
  public func precision(_ averaging: Averaging) -> Double { averaged(averaging, precision(of:)) }
  /// The recall of all classes; NaN without an image.
  public func recall(_ averaging: Averaging) -> Double { averaged(averaging, recall(of:)) }
  /// The F1 of all classes, for ``Averaging/macro`` the mean of their F1; NaN without an image.
  public func f1(_ averaging: Averaging) -> Double { averaged(averaging, f1(of:)) }
  /// The mean of the classes' ``intersectionOverUnion(of:)``, over those that occur; NaN without an element.
  public var meanIntersectionOverUnion: Double { averaged(.macro, intersectionOverUnion(of:)) }

  private func averaged(_ averaging: Averaging, _ score: (Int) -> Double?) -> Double {
    // Every wrong answer is one FP and one FN, so the sums give TP / (TP + FP) = TP / (TP + FN) = the accuracy.
    if averaging == .micro { return accuracy }
    let occurring = counts.indices.filter { outcomes(of: $0) != (0, 0, 0) }
    return occurring.reduce(0) { $0 + (score($1) ?? 0) } / Double(occurring.count)
  }

  private func outcomes(of label: Int) -> (hits: Int, spurious: Int, missed: Int) {
    let hits = counts[label][label]
    return (hits, counts.reduce(0) { $0 + $1[label] } - hits, counts[label].reduce(0, +) - hits)
  }

  private func share(_ part: Int, of whole: Int) -> Double? {
    whole > 0 ? Double(part) / Double(whole) : nil
  }
}
