import Foundation
import TensorCore
import Testing

/// The formulas in Float64, over a tensor `[N, C, …]`: an element's group is a run of neighbours.
private struct Reference {
  let shape: Shape
  let groups: Int
  let x: [Double]
  let epsilon: Double

  private var plane: Int { shape.sizes[2...].reduce(1, *) }
  private var size: Int { shape[1] / groups * plane }
  func channel(_ index: Int) -> Int { index / plane % shape[1] }

  /// The mean over the element's group.
  func means(_ values: [Double]) -> [Double] {
    let size = size
    let sums = stride(from: 0, to: values.count, by: size).map { values[$0..<$0 + size].reduce(0, +) / Double(size) }
    return values.indices.map { sums[$0 / size] }
  }

  var factors: [Double] {
    let squares = zip(x, means(x)).map { pow($0 - $1, 2) }
    return means(squares).map { 1 / ($0 + epsilon).squareRoot() }
  }

  var normalized: [Double] {
    let means = means(x), factors = factors
    return x.indices.map { (x[$0] - means[$0]) * factors[$0] }
  }

  func channelSums(_ values: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: shape[1])
    for (index, value) in values.enumerated() { sums[channel(index)] += value }
    return sums
  }

  func gradient(_ g: [Double], _ weight: [Double]) -> [Double] {
    let normalized = normalized, factors = factors
    let weighted = g.enumerated().map { $1 * weight[channel($0)] }
    let means = means(weighted), products = self.means(zip(weighted, normalized).map { $0 * $1 })
    return x.indices.map { factors[$0] * (weighted[$0] - means[$0] - normalized[$0] * products[$0]) }
  }
}

private let cases: [(Shape, Int)] = [
  ([3, 4], 2), ([5, 6], 1), ([2, 17, 3], 1), ([2, 4, 5], 4), ([1, 6, 3, 3], 3), ([3, 4, 4, 4], 2), ([2, 2, 1, 33], 2),
  ([2, 6, 2, 3, 5], 2), ([2, 40], 8), ([3, 8, 40, 41], 2),
]

@Suite struct GroupNormTests {
  private func close<Scalar: FloatingScalar>(_ got: Tensor<Scalar>, _ expected: [Double], _ tolerance: Double) -> Bool {
    let scale = expected.reduce(1) { max($0, abs($1)) }
    return got.count == expected.count
      && zip(got.scalars, expected).allSatisfy { abs(Double($0) - $1) <= tolerance * scale }
  }

  private func follows<Scalar: FloatingScalar>(_: Scalar.Type, _ shape: Shape, _ groups: Int, _ tolerance: Double) {
    let x: [Scalar] = spread(shape.count), g: [Scalar] = spread(shape.count, seed: 1)
    let weight: [Scalar] = spread(shape[1], seed: 2), bias: [Scalar] = spread(shape[1], seed: 3)
    let input = filled(shape, with: x), gradient = filled(shape, with: g), gamma = filled([shape[1]], with: weight)
    let reference = Reference(shape: shape, groups: groups, x: x.map(Double.init), epsilon: 1e-2)
    let (w, b, dy) = (weight.map(Double.init), bias.map(Double.init), g.map(Double.init))
    let statistics = input.groupStatistics(groups: groups)
    let y = input.groupNorm(
      statistics, groups: groups, weight: gamma, bias: filled([shape[1]], with: bias), epsilon: 1e-2)
    let expected = reference.normalized.enumerated().map { place, value in
      value * w[reference.channel(place)] + b[reference.channel(place)]
    }
    #expect(close(y, expected, tolerance), "\(shape), \(groups)")
    let back = gradient.groupNormGradient(input: input, statistics, groups: groups, weight: gamma, epsilon: 1e-2)
    #expect(close(back.input, reference.gradient(dy, w), tolerance), "\(shape), \(groups)")
    #expect(close(back.weight, reference.channelSums(zip(dy, reference.normalized).map { $0 * $1 }), tolerance))
    #expect(close(back.bias, reference.channelSums(dy), tolerance))
  }

  @Test(arguments: cases.indices) func followsTheFormulas(_ index: Int) {
    let (shape, groups) = cases[index]
    withEachForm { _ in
      follows(Float.self, shape, groups, 2e-6)
      follows(Double.self, shape, groups, 1e-13)
    }
  }

  @Test(arguments: [1, 4, 8]) func sameBitsWithAnyThreads(_ groups: Int) {
    let x: Tensor<Float> = filled([6, 8, 60, 41], with: spread(118_080))
    let results = withEachThreadCount {
      let statistics = x.groupStatistics(groups: groups)
      let y = x.groupNorm(statistics, groups: groups, weight: nil, bias: nil, epsilon: 1e-5)
      let back = x.groupNormGradient(input: y, statistics, groups: groups, weight: nil, epsilon: 1e-5)
      return bits(y) + bits(back.input) + bits(back.weight)
    }
    #expect(results[0] == results[1] && results[0] == results[2])
  }

  @Test func emptyBatchesPass() {
    let x = Tensor<Float>.zeros([0, 4, 3])
    let statistics = x.groupStatistics(groups: 2)
    #expect(x.groupNorm(statistics, groups: 2, weight: nil, bias: nil, epsilon: 0).shape == [0, 4, 3])
    #expect(
      x.groupNormGradient(input: x, statistics, groups: 2, weight: nil, epsilon: 0).weight == Tensor.zeros([4]))
  }

  @Test func wrongShapesStop() async {
    let groups = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.ones([2, 5, 3]).groupStatistics(groups: 2)
    }
    #expect(groups.says("[groupStatistics] the channels of [2, 5, 3] do not divide into 2 groups"))
    let weight = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Tensor<Float>.ones([2, 4, 3])
      _ = x.groupNorm(x.groupStatistics(groups: 2), groups: 2, weight: .ones([2]), bias: nil, epsilon: 0)
    }
    #expect(weight.says("[groupNorm] 4 channels need weight and bias [4], not [2]"))
  }
}
