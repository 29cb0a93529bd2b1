import Datasets
import Foundation
import TensorCore
import Testing

/// Draws against the distributions' moments, each within five of its standard errors, and their distribution functions.
struct RandomStreamBetaTests {
  private let count = 100_000

  private func draws(_ draw: (inout RandomStream) -> Double) -> [Double] {
    var random = RandomStream(seed: 11)
    return (0..<count).map { _ in draw(&random) }
  }

  /// The error of a mean is √(σ² / n), that of a variance √((μ₄ - σ⁴) / n), with the fourth central moment μ₄.
  private func expectMoments(_ values: [Double], mean: Double, variance: Double, fourth: Double) {
    let n = Double(values.count)
    let ownMean = values.reduce(0, +) / n
    let ownVariance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / n
    #expect(abs(ownMean - mean) < 5 * (variance / n).squareRoot())
    #expect(abs(ownVariance - variance) < 5 * ((fourth - variance * variance) / n).squareRoot())
  }

  /// Beta(α, α): mean 1/2, variance 1 / (4 (2α + 1)), excess kurtosis -6 / (2α + 3).
  @Test(arguments: [0.1, 0.4, 1, 1.5, 8]) func betaMoments(alpha: Double) {
    let values = draws { $0.beta(symmetric: alpha) }
    #expect(values.allSatisfy { (0...1).contains($0) })
    let variance = 1 / (4 * (2 * alpha + 1))
    let kurtosis = 3 - 6 / (2 * alpha + 3)
    expectMoments(values, mean: 0.5, variance: variance, fourth: kurtosis * variance * variance)
  }

  /// Gamma(k, 1): mean k, variance k, fourth central moment 3k² + 6k.
  @Test(arguments: [0.3, 1, 2.5, 20]) func gammaMoments(shape: Double) {
    let values = draws { $0.gamma(shape: shape) }
    #expect(values.allSatisfy { $0 >= 0 })
    expectMoments(values, mean: shape, variance: shape, fourth: 3 * shape * shape + 6 * shape)
  }

  /// Kolmogorov's bound: the largest distance from the distribution function is above 1.95/√n once in a thousand times.
  private func expectDistribution(_ values: [Double], _ share: (Double) -> Double) {
    let n = Double(values.count)
    var largest = 0.0
    for (position, value) in values.sorted().enumerated() {
      largest = max(largest, abs(share(value) - Double(position) / n), abs(share(value) - Double(position + 1) / n))
    }
    #expect(largest < 1.95 / n.squareRoot())
  }

  /// Beta(1/2, 1/2) is the arcsine law, Beta(1, 1) is uniform, Beta(2, 2) has the function 3x² - 2x³.
  @Test func betaDistributions() {
    expectDistribution(draws { $0.beta(symmetric: 0.5) }) { 2 / Double.pi * asin($0.squareRoot()) }
    expectDistribution(draws { $0.beta(symmetric: 1) }) { $0 }
    expectDistribution(draws { $0.beta(symmetric: 2) }) { $0 * $0 * (3 - 2 * $0) }
  }

  /// Where U^(1/α) would be 0 twice over, half of the draws are next to 0, half next to 1.
  @Test func tinyParameter() {
    let values = draws { $0.beta(symmetric: 1e-4) }
    #expect(values.allSatisfy { (0...1).contains($0) })
    // Between 0.01 and 0.99 lies about the share α · ln(99) = 5e-4 of them.
    #expect(values.count { (0.01...0.99).contains($0) } < 100)
    #expect(abs(Double(values.count { $0 > 0.5 }) / Double(count) - 0.5) < 5 * 0.5 / Double(count).squareRoot())
  }

  @Test func wrongParametersStop() async {
    await #expect(processExitsWith: .failure) {
      var random = RandomStream(seed: 1)
      _ = random.beta(symmetric: 0)
    }
    await #expect(processExitsWith: .failure) {
      var random = RandomStream(seed: 1)
      _ = random.gamma(shape: .infinity)
    }
  }
}
