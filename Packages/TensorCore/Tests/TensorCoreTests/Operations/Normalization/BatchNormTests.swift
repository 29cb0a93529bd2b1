import Foundation
import TensorCore
import Testing

/// The formulas in Float64, channel by channel, over a tensor `[N, C, …]`.
private struct Reference {
  let shape: Shape
  let x: [Double]

  private var plane: Int { shape.sizes[2...].reduce(1, *) }
  func channel(_ index: Int) -> Int { index / plane % shape[1] }

  func sums(_ values: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: shape[1])
    for (index, value) in values.enumerated() { sums[channel(index)] += value }
    return sums
  }

  var count: Double { Double(shape.count / shape[1]) }
  var mean: [Double] { sums(x).map { $0 / count } }
  var variance: [Double] {
    let mean = mean
    return sums(x.enumerated().map { pow($1 - mean[channel($0)], 2) }).map { $0 / count }
  }

  func normalized(_ epsilon: Double) -> [Double] {
    let (mean, variance) = (mean, variance)
    return x.enumerated().map { ($1 - mean[channel($0)]) / (variance[channel($0)] + epsilon).squareRoot() }
  }

  func output(_ weight: [Double], _ bias: [Double], _ epsilon: Double) -> [Double] {
    normalized(epsilon).enumerated().map { weight[channel($0)] * $1 + bias[channel($0)] }
  }

  /// dx of Ioffe and Szegedy 2015, section 3, in their order: dx̂, dσ², dμ, dx.
  func gradient(_ g: [Double], _ weight: [Double], _ epsilon: Double) -> [Double] {
    let (mean, variance) = (mean, variance)
    let r = variance.map { 1 / ($0 + epsilon).squareRoot() }
    let onNormalized = g.enumerated().map { $1 * weight[channel($0)] }
    let onVariance = sums(
      onNormalized.enumerated().map { $1 * (x[$0] - mean[channel($0)]) * -0.5 * pow(r[channel($0)], 3) })
    let onMean = sums(onNormalized.enumerated().map { -$1 * r[channel($0)] })
    return onNormalized.enumerated().map { index, value in
      let c = channel(index)
      return value * r[c] + onVariance[c] * 2 * (x[index] - mean[c]) / count + onMean[c] / count
    }
  }
}

private let batchShapes: [Shape] = [
  [5, 1], [4, 3], [7, 16], [9, 37], [2, 3, 5], [3, 2, 1, 1], [2, 3, 4, 4], [3, 5, 7, 7], [1, 2, 1, 33],
  [2, 1, 3, 3, 5],
  [4, 20, 40, 41],
]

@Suite struct BatchNormTests {
  private func close<Scalar: FloatingScalar>(_ got: Tensor<Scalar>, _ expected: [Double], _ tolerance: Double) -> Bool {
    let scale = expected.reduce(1) { max($0, abs($1)) }
    return zip(got.scalars, expected).allSatisfy { abs(Double($0) - $1) <= tolerance * scale }
  }

  private func follows<Scalar: FloatingScalar>(_: Scalar.Type, _ shape: Shape, _ tolerance: Double) {
    let x: [Scalar] = spread(shape.count), g: [Scalar] = spread(shape.count, seed: 1)
    let weight: [Scalar] = spread(shape[1], seed: 2), bias: [Scalar] = spread(shape[1], seed: 3)
    let input = filled(shape, with: x), gradient = filled(shape, with: g)
    let (gamma, beta) = (filled([shape[1]], with: weight), filled([shape[1]], with: bias))
    let reference = Reference(shape: shape, x: x.map(Double.init))
    let (w, b) = (weight.map(Double.init), bias.map(Double.init))
    let statistics = input.channelStatistics()
    #expect(close(statistics.mean, reference.mean, 1e-12))
    #expect(close(statistics.variance, reference.variance, 1e-12))
    let y = input.batchNorm(statistics, weight: gamma, bias: beta, epsilon: 1e-3)
    #expect(close(y, reference.output(w, b, 1e-3), tolerance), "\(shape)")
    let back = gradient.batchNormGradient(
      input: input, statistics, weight: gamma, epsilon: 1e-3, statisticsFollowInput: true)
    #expect(close(back.input, reference.gradient(g.map(Double.init), w, 1e-3), tolerance), "\(shape)")
    let normalized = reference.normalized(1e-3)
    #expect(close(back.weight, reference.sums(g.enumerated().map { Double($1) * normalized[$0] }), tolerance))
    #expect(close(back.bias, reference.sums(g.map(Double.init)), tolerance))
  }

  @Test(arguments: batchShapes) func followsTheFormulas(_ shape: Shape) {
    withEachForm { _ in
      follows(Float.self, shape, 2e-6)
      follows(Double.self, shape, 1e-13)
    }
  }

  /// Values of mean 10⁴ and deviation 1 come out as those of mean 0, but for the rounding of 10⁴ + x (5e-4) itself.
  @Test(arguments: [[64, 5], [8, 5, 9, 9]] as [Shape]) func keepsItsDigitsFarFromZero(_ shape: Shape) {
    let x = filled(shape, with: (spread(shape.count) as [Float]).map { $0 + 10_000 })
    let reference = Reference(shape: shape, x: x.scalars.map(Double.init))
    withEachForm { _ in
      let y = x.batchNorm(x.channelStatistics(), weight: nil, bias: nil, epsilon: 1e-5)
      #expect(close(y, reference.normalized(1e-5), 1e-6))
    }
  }

  @Test func givenStatisticsMakeALinearMap() {
    let x: Tensor<Double> = filled([1, 2, 2], with: [1, 2, 3, 4])
    let statistics = ChannelStatistics(mean: Tensor([1, 3]), variance: Tensor([4, 0.25]), count: 1)
    let weight = Tensor<Double>([2, 3])
    // (1 − 1)/2·2 + 1, (2 − 1)/2·2 + 1; (3 − 3)/0.5·3 − 1, (4 − 3)/0.5·3 − 1
    #expect(x.batchNorm(statistics, weight: weight, bias: Tensor([1, -1]), epsilon: 0).scalars == [1, 2, -1, 5])
    let back = Tensor.ones([1, 2, 2]).batchNormGradient(
      input: x, statistics, weight: weight, epsilon: 0, statisticsFollowInput: false)
    #expect(back.input.scalars == [1, 1, 6, 6])
    #expect(back.weight.scalars == [0.5, 2])
    #expect(back.bias.scalars == [2, 2])
  }

  @Test func constantChannelsGiveTheBias() {
    let x = Tensor<Float>(repeating: 3, shape: [4, 2, 3])
    withEachForm { _ in
      let y = x.batchNorm(x.channelStatistics(), weight: nil, bias: Tensor([1, 2]), epsilon: 1e-5)
      #expect(y.scalars == Array(repeating: [1, 1, 1, 2, 2, 2] as [Float], count: 4).flatMap(\.self))
    }
  }

  @Test func badValuesStayInTheirChannel() {
    let x: Tensor<Float> = filled([2, 3], with: [.nan, 1, .infinity, 0, 3, 0])
    withEachForm { _ in
      let y = x.batchNorm(x.channelStatistics(), weight: nil, bias: nil, epsilon: 0).scalars
      #expect(y[0].isNaN && y[3].isNaN && y[2].isNaN && y[5].isNaN)
      #expect(y[1] == -1 && y[4] == 1)
    }
  }

  @Test(arguments: [[40_000, 20], [16, 20, 40, 41]] as [Shape]) func sameBitsWithAnyThreads(_ shape: Shape) {
    let x: Tensor<Float> = filled(shape, with: spread(shape.count))
    let results = withEachThreadCount {
      let statistics = x.channelStatistics()
      let y = x.batchNorm(statistics, weight: nil, bias: nil, epsilon: 1e-5)
      let back = x.batchNormGradient(input: y, statistics, weight: nil, epsilon: 1e-5, statisticsFollowInput: true)
      return bits(y) + bits(back.input) + bits(back.weight)
    }
    #expect(results[0] == results[1] && results[0] == results[2])
  }

  @Test func emptyBatchesHaveNoStatisticsButPass() async {
    let x = Tensor<Float>.zeros([0, 2, 3])
    let statistics = ChannelStatistics(mean: Tensor([1, 3]), variance: Tensor([4, 1]), count: 1)
    #expect(x.batchNorm(statistics, weight: nil, bias: nil, epsilon: 0).shape == [0, 2, 3])
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.zeros([0, 2]).channelStatistics()
    }
    #expect(result.says("[channelStatistics] there are no values in [0, 2]"))
  }

  @Test func wrongShapesStop() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Tensor<Float>.ones([2, 3])
      _ = x.batchNorm(x.channelStatistics(), weight: .ones([2]), bias: nil, epsilon: 0)
    }
    #expect(result.says("[batchNorm] the input [2, 3] needs statistics, weight and bias [3], not [2]"))
  }
}
