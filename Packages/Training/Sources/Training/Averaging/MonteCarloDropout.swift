import NNLayers
import TensorCore

/// A network that is asked several times with dropout in force: the mean of its answers is its prediction, their deviation says
/// how unsure it is.
///
///     mean  p̄ = Σ pₜ / T        deviation  √(Σ pₜ² / T - p̄²)
///
/// All else is as in inference: batch normalisation uses its averages, nothing is recorded and no state changes. Each pass
/// has its own masks, which follow from the seed and the pass.
///
/// ```swift
/// let average = try MonteCarloDropout(network, passes: 50).averagedProbabilities(for: images)
/// print(average.probabilities, average.deviations)
/// ```
///
/// The cost is that of T predictions, without the passes that a prepared network saves. Gal and Ghahramani 2016, "Dropout as
/// a Bayesian approximation: representing model uncertainty in deep learning".
public struct MonteCarloDropout: Classifier {
  /// T, how often the network is asked.
  public let passes: Int
  /// Where the masks come from.
  public let seed: UInt64
  private let network: any Layer
  private let state: ModelState

  /// The network as it is now.
  ///
  /// - Parameters:
  ///   - network: a network with dropout; without, all passes are equal.
  ///   - passes: T, at least 1. Default 30.
  ///   - seed: where the masks come from. Default 0.
  public init(_ network: any Layer, passes: Int = 30, seed: UInt64 = 0) {
    guard passes >= 1 else { stop("MonteCarloDropout", "needs at least 1 pass, not \(passes)") }
    self.network = network
    self.passes = passes
    self.seed = seed
    state = network.state
  }

  public func answers(for images: Tensor<Float>) throws(InputError) -> [Tensor<Float>] {
    _ = try network.outputShape(for: images.shape)
    return (0..<passes).map { pass in
      let random = RandomStream(key: seed, stream: UInt64(pass), counter: 0)
      return network(images, Context(mode: .inference, random: random, state: state, dropsOut: true)).floats
    }
  }
}
