import Autograd
import NNLayers
import TensorCore

extension GoldenFamily {
  static let losses = GoldenFamily("losses") {
    for (name, reduction) in reductions {
      classification(name, reduction)
      binary(name, reduction)
      regression(name, reduction)
      margins(name, reduction)
      distances(name, reduction)
      divergence(name, reduction)
    }
    divergence("batchmean", .batchMean)
    Golden(function: "cross entropy far") { crossEntropy($0[0], $0.labels(1)) }
    Golden(function: "binary cross entropy logits far") { binaryCrossEntropyWithLogits($0[0], $0[1]) }
  }

  private static let reductions: [(String, Reduction)] = [("mean", .mean), ("sum", .sum), ("none", .none)]

  @GoldenTable private static func classification(_ name: String, _ reduction: Reduction) -> [Golden] {
    Golden(function: "cross entropy \(name)") { crossEntropy($0[0], $0.labels(1), reduction: reduction) }
    Golden(function: "cross entropy weights \(name)") {
      crossEntropy($0[0], $0.labels(1), classWeights: $0.weights(2), reduction: reduction)
    }
    Golden(function: "cross entropy ignore \(name)") {
      crossEntropy($0[0], $0.labels(1), ignoring: -100, reduction: reduction)
    }
    Golden(function: "cross entropy ignore weights \(name)") {
      crossEntropy($0[0], $0.labels(1), classWeights: $0.weights(2), ignoring: -100, reduction: reduction)
    }
    Golden(function: "cross entropy smoothing \(name)") {
      crossEntropy($0[0], $0.labels(1), smoothing: 0.1, reduction: reduction)
    }
    Golden(function: "cross entropy smoothing ignore \(name)") {
      crossEntropy($0[0], $0.labels(1), ignoring: -100, smoothing: 0.1, reduction: reduction)
    }
    Golden(function: "cross entropy smoothing weights \(name)") {
      crossEntropy($0[0], $0.labels(1), classWeights: $0.weights(2), smoothing: 0.2, reduction: reduction)
    }
    Golden(function: "cross entropy soft \(name)") { crossEntropy($0[0], $0[1], reduction: reduction) }
    Golden(function: "cross entropy soft weights \(name)") {
      crossEntropy($0[0], $0[1], classWeights: $0.weights(2), reduction: reduction)
    }
    Golden(function: "cross entropy soft smoothing \(name)") {
      crossEntropy($0[0], $0[1], smoothing: 0.1, reduction: reduction)
    }
    Golden(function: "cross entropy of images \(name)") { crossEntropy($0[0], $0.labels(1), reduction: reduction) }
    Golden(function: "negative log likelihood \(name)") {
      negativeLogLikelihood($0[0], $0.labels(1), reduction: reduction)
    }
    Golden(function: "negative log likelihood weights \(name)") {
      negativeLogLikelihood($0[0], $0.labels(1), classWeights: $0.weights(2), reduction: reduction)
    }
    Golden(function: "negative log likelihood ignore \(name)") {
      negativeLogLikelihood($0[0], $0.labels(1), ignoring: -100, reduction: reduction)
    }
  }

  @GoldenTable private static func binary(_ name: String, _ reduction: Reduction) -> [Golden] {
    Golden(function: "binary cross entropy \(name)") { binaryCrossEntropy($0[0], $0[1], reduction: reduction) }
    Golden(function: "binary cross entropy of labels \(name)") {
      binaryCrossEntropy($0[0], $0[1], reduction: reduction)
    }
    Golden(function: "binary cross entropy logits \(name)") {
      binaryCrossEntropyWithLogits($0[0], $0[1], reduction: reduction)
    }
    Golden(function: "binary cross entropy logits positive weight \(name)") {
      binaryCrossEntropyWithLogits($0[0], $0[1], positiveWeight: $0.weights(2), reduction: reduction)
    }
    Golden(function: "focal \(name)") { focalLoss($0[0], $0[1], reduction: reduction) }
    Golden(function: "focal without alpha \(name)") {
      focalLoss($0[0], $0[1], alpha: nil, gamma: 1.5, reduction: reduction)
    }
  }

  @GoldenTable private static func regression(_ name: String, _ reduction: Reduction) -> [Golden] {
    Golden(function: "mean squared error \(name)") { meanSquaredError($0[0], $0[1], reduction: reduction) }
    Golden(function: "l1 \(name)") { meanAbsoluteError($0[0], $0[1], reduction: reduction) }
    Golden(function: "huber \(name)") { huberLoss($0[0], $0[1], reduction: reduction) }
    Golden(function: "huber 0.5 \(name)") { huberLoss($0[0], $0[1], delta: 0.5, reduction: reduction) }
    Golden(function: "smooth l1 \(name)") { smoothL1Loss($0[0], $0[1], reduction: reduction) }
    Golden(function: "smooth l1 0.5 \(name)") { smoothL1Loss($0[0], $0[1], beta: 0.5, reduction: reduction) }
  }

  @GoldenTable private static func margins(_ name: String, _ reduction: Reduction) -> [Golden] {
    Golden(function: "hinge embedding \(name)") { hingeEmbeddingLoss($0[0], $0.signs(1), reduction: reduction) }
    Golden(function: "hinge embedding 0.5 \(name)") {
      hingeEmbeddingLoss($0[0], $0.signs(1), margin: 0.5, reduction: reduction)
    }
    Golden(function: "multi margin \(name)") { multiMarginLoss($0[0], $0.labels(1), reduction: reduction) }
    Golden(function: "multi margin 0.5 \(name)") {
      multiMarginLoss($0[0], $0.labels(1), margin: 0.5, reduction: reduction)
    }
    Golden(function: "multi margin squared \(name)") {
      multiMarginLoss($0[0], $0.labels(1), squared: true, reduction: reduction)
    }
    Golden(function: "multi margin weights \(name)") {
      multiMarginLoss($0[0], $0.labels(1), classWeights: $0.weights(2), reduction: reduction)
    }
  }

  @GoldenTable private static func distances(_ name: String, _ reduction: Reduction) -> [Golden] {
    Golden(function: "cosine embedding \(name)") {
      cosineEmbeddingLoss($0[0], $0[1], $0.signs(2), reduction: reduction)
    }
    Golden(function: "cosine embedding 0.25 \(name)") {
      cosineEmbeddingLoss($0[0], $0[1], $0.signs(2), margin: 0.25, reduction: reduction)
    }
    Golden(function: "triplet \(name)") {
      tripletMarginLoss(anchor: $0[0], positive: $0[1], negative: $0[2], reduction: reduction)
    }
    Golden(function: "triplet 0.5 \(name)") {
      tripletMarginLoss(anchor: $0[0], positive: $0[1], negative: $0[2], margin: 0.5, reduction: reduction)
    }
    Golden(function: "triplet of norm 1 \(name)") {
      tripletMarginLoss(anchor: $0[0], positive: $0[1], negative: $0[2], norm: .one, reduction: reduction)
    }
    Golden(function: "triplet swapped \(name)") {
      tripletMarginLoss(anchor: $0[0], positive: $0[1], negative: $0[2], swaps: true, reduction: reduction)
    }
  }

  @GoldenTable private static func divergence(_ name: String, _ reduction: Reduction) -> [Golden] {
    Golden(function: "kl divergence \(name)") { klDivergence($0[0], $0[1], reduction: reduction) }
    Golden(function: "kl divergence of logs \(name)") {
      klDivergence($0[0], $0[1], targetsAreLogarithms: true, reduction: reduction)
    }
  }
}

extension GoldenCall {
  /// An input that holds the weights of classes.
  fileprivate func weights(_ number: Int) -> Tensor<Double> { self[number].doubles }

  /// An input of 1 and -1 as whole numbers.
  fileprivate func signs(_ number: Int) -> Tensor<Int64> { self[number].doubles.converted(to: Int64.self) }
}
