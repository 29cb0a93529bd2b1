import NNLayers
import TensorCore

/// Several classifiers that answer together: the probabilities of all their answers are averaged.
///
/// ```swift
/// let networks = (1...5).map { seed in seeded(seed) { LeNet5() } }  // each trained by itself
/// let average = try Ensemble(networks).averagedProbabilities(for: images)
/// ```
///
/// Networks that started from different weights err in different places. Hansen and Salamon 1990, "Neural network
/// ensembles".
public struct Ensemble: Classifier {
  /// Those who answer.
  public let members: [any Classifier]

  /// The classifiers together. Stops when there is none.
  public init(_ members: [any Classifier]) {
    guard !members.isEmpty else { stop("Ensemble", "needs at least one member") }
    self.members = members
  }

  /// The networks as they are now, together. Stops when there is none.
  public init(_ networks: [any Layer]) { self.init(networks.map { $0.prepared() as any Classifier }) }

  public func answers(for images: Tensor<Float>) throws(InputError) -> [Tensor<Float>] {
    var answers: [Tensor<Float>] = []
    for member in members { answers += try member.answers(for: images) }
    return answers
  }
}
