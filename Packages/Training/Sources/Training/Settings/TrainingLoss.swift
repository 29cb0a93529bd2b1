import NNLayers

/// What a run makes small.
public enum TrainingLoss: String, Sendable, Hashable, Codable, CaseIterable {
  /// Cross-entropy of logits, perhaps with smoothed labels.
  case crossEntropy = "cross-entropy"
  /// The margin loss of capsules' lengths, as capsule networks give them.
  case capsuleMargin = "capsule-margin"

  /// The loss of outputs and labels; only cross-entropy can smooth labels.
  public func function(smoothing: Double = 0) -> LossFunction {
    switch self {
    case .crossEntropy: { NNLayers.crossEntropy($0, $1, smoothing: smoothing) }
    case .capsuleMargin: { capsuleMarginLoss($0, $1) }
    }
  }
}
