import Datasets
import Foundation
import TensorCore
import Testing

@Suite struct PointsTests {
  private func points(_ dataset: TableDataset) -> [(x: Double, y: Double, label: Int64)] {
    let (features, labels) = (dataset.features.scalars, dataset.labels.scalars)
    return labels.indices.map { (Double(features[2 * $0]), Double(features[2 * $0 + 1]), labels[$0]) }
  }

  /// Without noise: points of two half circles about (0, 0) and (1, ½).
  @Test func moonsAreHalfCircles() {
    let moons = points(Points.moons(count: 100, seed: 1))
    #expect(moons.count == 100)
    for point in moons {
      let (cx, cy) = point.label == 0 ? (0.0, 0.0) : (1, 0.5)
      #expect(abs(hypot(point.x - cx, point.y - cy) - 1) < 1e-6)
      #expect(point.label == 0 ? point.y >= -1e-6 : point.y <= 0.5 + 1e-6)
    }
    #expect(moons.count { $0.label == 1 } == 50)
  }

  @Test func circlesHaveTheirRadii() {
    for point in points(Points.circles(count: 60, factor: 0.3, seed: 1)) {
      #expect(abs(hypot(point.x, point.y) - (point.label == 0 ? 1 : 0.3)) < 1e-6)
    }
  }

  /// The angle grows with the radius: 2π (turns r + arm / arms).
  @Test func spiralsTurn() {
    for point in points(Points.spirals(count: 90, arms: 3, turns: 0.75, seed: 1)) {
      let radius = hypot(point.x, point.y)
      let angle = 2 * Double.pi * (0.75 * radius + Double(point.label) / 3)
      #expect(abs(point.x - radius * sin(angle)) < 1e-5 && abs(point.y - radius * cos(angle)) < 1e-5)
    }
  }

  @Test func xorPartsByQuadrants() {
    let xor = points(Points.xor(count: 400, seed: 2))
    #expect(xor.allSatisfy { ($0.x * $0.y < 0) == ($0.label == 1) })
    #expect(Set(xor.map { [$0.x > 0, $0.y > 0] }).count == 4)
    #expect(Points.xorTable.labels.scalars == [0, 1, 1, 0])
    #expect(Points.xorTable.features.scalars == [0, 0, 0, 1, 1, 0, 1, 1])
  }

  /// The clouds' means are nearly alike for any part of their points, and their deviation is the one given.
  @Test func blobsHaveTheirDeviation() {
    let blobs = Points.blobs(count: 6000, classes: 3, dimensions: 2, deviation: 0.5, seed: 3)
    for label in 0..<3 {
      let xs = points(blobs).filter { $0.label == Int64(label) }.map(\.x)
      let mean = xs.reduce(0, +) / 2000
      let variance = xs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 2000
      #expect(abs(variance.squareRoot() - 0.5) < 0.03)
      #expect(abs(mean) < 10.1)
    }
  }

  @Test func noiseAndSeedCount() {
    let clean = Points.moons(count: 4000, seed: 1).features.scalars
    let noisy = Points.moons(count: 4000, noise: 0.2, seed: 1).features.scalars
    let variance = zip(clean, noisy).reduce(0.0) { $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1)) } / 8000
    #expect(abs(variance.squareRoot() - 0.2) < 0.01)
    #expect(
      Points.moons(count: 40, noise: 0.1, seed: 1).features == Points.moons(count: 40, noise: 0.1, seed: 1).features)
    #expect(
      Points.moons(count: 40, noise: 0.1, seed: 1).features != Points.moons(count: 40, noise: 0.1, seed: 2).features)
  }

  @Test func regressionHasItsRule() {
    let linear = NoisyRegression.linear(count: 50, dimensions: 3, noise: 0, seed: 4)
    for row in 0..<50 {
      let x = (0..<3).map { Double(linear.dataset.features[row, $0]) }
      let y = zip(x, linear.weights).reduce(linear.bias) { $0 + $1.0 * $1.1 }
      #expect(abs(Double(linear.dataset.targets[row, 0]) - y) < 1e-5)
    }
    let sine = NoisyRegression.sine(count: 5, noise: 0, seed: 1)
    #expect(sine.features.scalars == [0, 0.25, 0.5, 0.75, 1])
    #expect(largestDifference(sine.targets.scalars, [0, 1, 0, -1, 0]) < 1e-6)
  }

  @Test func wrongNumbersStop() async {
    await #expect(processExitsWith: .failure) { _ = Points.moons(count: 1, seed: 1) }
    await #expect(processExitsWith: .failure) { _ = Points.circles(count: 9, factor: 1, seed: 1) }
    await #expect(processExitsWith: .failure) { _ = NoisyRegression.sine(count: 1, seed: 1) }
  }
}
