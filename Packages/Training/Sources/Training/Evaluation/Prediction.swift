import Foundation
import NNLayers
import TensorCore

/// A class that an image may be of, with its probability.
public struct Prediction: Sendable, Equatable, Codable {
  /// The class: an index into the class names.
  public let label: Int
  /// Its probability by softmax; the mean, where several answers were averaged.
  public let probability: Double
  /// The deviation of the answers that were averaged; nil for one answer.
  public let deviation: Double?

  /// A class with its probability, of several answers with their deviation.
  public init(label: Int, probability: Double, deviation: Double? = nil) {
    self.label = label
    self.probability = probability
    self.deviation = deviation
  }
}

extension Layer {
  /// For each image, the most probable classes, best first, in inference.
  ///
  /// - Parameters:
  ///   - images: `[N, C, H, W]`, prepared as the network was trained.
  ///   - count: how many classes at most. Default 5.
  /// - Throws: `InputError` when the network cannot take such images.
  public func topPredictions(for images: Tensor<Float>, count: Int = 5) throws(InputError) -> [[Prediction]] {
    Prediction.top(count, of: try predict(images))
  }
}

extension PreparedModel {
  /// For each image, the most probable classes, best first; as `topPredictions(for:count:)` of a layer.
  public func topPredictions(for images: Tensor<Float>, count: Int = 5) throws(InputError) -> [[Prediction]] {
    Prediction.top(count, of: try predict(images))
  }
}

extension Prediction {
  /// For each row of logits `[N, C]`, the most probable classes.
  fileprivate static func top(_ count: Int, of logits: Tensor<Float>) -> [[Prediction]] {
    guard logits.rank == 2 else { stop("topPredictions", "needs logits [N, C], the network gives \(logits.shape)") }
    var predictions: [[Prediction]] = []
    LogitRows(logits).forEach { predictions.append($1.top(count)) }
    return predictions
  }
}

/// The logits of one image.
struct LogitRow {
  let logits: UnsafeBufferPointer<Float>

  /// The class of the largest logit; the first of equals.
  var largest: Int {
    var best = 0
    for label in logits.indices where logits[label] > logits[best] { best = label }
    return best
  }

  /// The softmax, in double precision. Infinite logits share all of it.
  var probabilities: [Double] {
    let largest = Double(logits.max() ?? 0)
    let powers = logits.map { Double($0) == largest ? 1 : exp(Double($0) - largest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }

  /// The `count` most probable classes; equals by class.
  func top(_ count: Int) -> [Prediction] {
    let probabilities = probabilities
    return probabilities.indices.sorted { (probabilities[$1], $0) < (probabilities[$0], $1) }.prefix(count).map {
      Prediction(label: $0, probability: probabilities[$0])
    }
  }
}

/// The rows of logits `[N, C]`.
struct LogitRows {
  private let logits: Tensor<Float>

  init(_ logits: Tensor<Float>) { self.logits = logits }

  /// Calls `body` with each image's number and logits.
  func forEach(_ body: (Int, LogitRow) -> Void) {
    let (count, width) = (logits.shape[0], logits.shape[1])
    logits.withUnsafeBufferPointer { all in
      for row in 0..<count {
        body(row, LogitRow(logits: UnsafeBufferPointer(rebasing: all[(row * width)..<((row + 1) * width)])))
      }
    }
  }
}
