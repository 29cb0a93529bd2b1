import Foundation
import TensorCore

/// Sets of numbers with a known rule and noise, for regression; all seeded.
public enum NoisyRegression {
  /// A linear rule y = X w + b with its weights.
  public struct Linear: Sendable {
    /// X `[N, D]` and y `[N, 1]`.
    public let dataset: RegressionDataset
    /// w, `[D]`.
    public let weights: [Double]
    /// b.
    public let bias: Double
  }

  /// X of the normal distribution, w and b of -1...1, and normal noise of the given deviation on y.
  public static func linear(count: Int, dimensions: Int = 1, noise: Double = 0.1, seed: UInt64) -> Linear {
    guard count >= 1, dimensions >= 1, noise >= 0 else {
      stop("NoisyRegression", "\(count) points in \(dimensions) dimensions with noise \(noise) cannot be drawn")
    }
    var random = RandomStream(seed: seed)
    let weights = (0..<dimensions).map { _ in random.uniform(in: -1...1) }
    let bias = random.uniform(in: -1...1)
    var (features, targets): ([Float], [Float]) = ([], [])
    for _ in 0..<count {
      let x = (0..<dimensions).map { _ in random.normal() }
      features += x.map(Float.init)
      targets.append(Float(zip(x, weights).reduce(bias) { $0 + $1.0 * $1.1 } + noise * random.normal()))
    }
    return Linear(
      dataset: RegressionDataset(
        features: Tensor(features, shape: [count, dimensions]), targets: Tensor(targets, shape: [count, 1])),
      weights: weights, bias: bias)
  }

  /// y = sin(2πx) with x equally spaced over 0...1, and normal noise on y: the curve that high polynomials overfit
  /// (Bishop 2006, section 1.1).
  public static func sine(count: Int, noise: Double = 0.3, seed: UInt64) -> RegressionDataset {
    guard count >= 2, noise >= 0 else { stop("NoisyRegression", "\(count) points with noise \(noise) cannot be drawn") }
    var random = RandomStream(seed: seed)
    let xs = (0..<count).map { Double($0) / Double(count - 1) }
    let ys = xs.map { Float(sin(2 * .pi * $0) + noise * random.normal()) }
    return RegressionDataset(
      features: Tensor(xs.map(Float.init), shape: [count, 1]), targets: Tensor(ys, shape: [count, 1]))
  }
}
