import Foundation
import TensorCore
import Testing

/// The formulas in Float64, row by row.
private struct Reference {
  let width: Int
  let x: [Double]
  let centers: Bool
  let epsilon: Double

  private func mean(_ values: [Double], ofRow row: Int) -> Double {
    values[row * width..<(row + 1) * width].reduce(0, +) / Double(width)
  }
  private func center(_ row: Int) -> Double { centers ? mean(x, ofRow: row) : 0 }
  private func factor(_ row: Int) -> Double {
    let center = center(row)
    return 1 / (mean(x.map { pow($0 - center, 2) }, ofRow: row) + epsilon).squareRoot()
  }

  var normalized: [Double] {
    let rows = (0..<x.count / width).map { (center($0), factor($0)) }
    return x.enumerated().map { ($1 - rows[$0 / width].0) * rows[$0 / width].1 }
  }

  func output(_ weight: [Double], _ bias: [Double]) -> [Double] {
    normalized.enumerated().map { $1 * weight[$0 % width] + bias[$0 % width] }
  }

  /// By the matrix of derivatives of a row: ∂x̂ᵢ/∂xⱼ = r (δᵢⱼ − 1/n − x̂ᵢ x̂ⱼ / n), without 1/n where no mean is taken out.
  func gradient(_ g: [Double], _ weight: [Double]) -> [Double] {
    let normalized = normalized, count = Double(width)
    return x.indices.map { index in
      let row = index / width, start = row * width
      return (start..<start + width).reduce(0.0) { sum, i in
        let direct: Double = (i == index ? 1 : 0) - (centers ? 1 / count : 0)
        return sum + g[i] * weight[i - start] * factor(row) * (direct - normalized[i] * normalized[index] / count)
      }
    }
  }

  func columnSums(_ values: [Double]) -> [Double] {
    (0..<width).map { column in stride(from: column, to: values.count, by: width).reduce(0) { $0 + values[$1] } }
  }
}

private let rowShapes: [Shape] = [
  [1, 1], [3, 1], [2, 2], [5, 3], [4, 7], [2, 3, 8], [3, 16], [2, 17], [3, 33], [2, 64], [2, 67],
]

@Suite struct RowNormTests {
  private func close<Scalar: FloatingScalar>(_ got: Tensor<Scalar>, _ expected: [Double], _ tolerance: Double) -> Bool {
    let scale = expected.reduce(1) { max($0, abs($1)) }
    return got.count == expected.count
      && zip(got.scalars, expected).allSatisfy { abs(Double($0) - $1) <= tolerance * scale }
  }

  private func follows<Scalar: FloatingScalar>(_: Scalar.Type, _ shape: Shape, _ tolerance: Double) {
    let width = shape[shape.rank - 1], sizes: Shape = [width]
    let x: [Scalar] = spread(shape.count), g: [Scalar] = spread(shape.count, seed: 1)
    let weight: [Scalar] = spread(width, seed: 2), bias: [Scalar] = spread(width, seed: 3)
    let input = filled(shape, with: x), gradient = filled(shape, with: g)
    let (gamma, beta) = (filled(sizes, with: weight), filled(sizes, with: bias))
    let (w, b, dy) = (weight.map(Double.init), bias.map(Double.init), g.map(Double.init))
    for centers in [true, false] {
      let reference = Reference(width: width, x: x.map(Double.init), centers: centers, epsilon: 1e-2)
      let (y, statistics) =
        centers
        ? input.layerNorm(over: sizes, weight: gamma, bias: beta, epsilon: 1e-2)
        : input.rmsNorm(over: sizes, weight: gamma, epsilon: 1e-2)
      #expect(close(y, reference.output(w, centers ? b : b.map { _ in 0 }), tolerance), "\(shape)")
      let back = gradient.rowNormGradient(input: input, statistics, over: sizes, weight: gamma)
      #expect(close(back.input, reference.gradient(dy, w), tolerance), "\(shape) \(centers)")
      #expect(close(back.weight, reference.columnSums(zip(dy, reference.normalized).map { $0 * $1 }), tolerance))
      #expect(close(back.bias, reference.columnSums(dy), tolerance))
    }
  }

  @Test(arguments: rowShapes) func followsTheFormulas(_ shape: Shape) {
    withEachForm { _ in
      follows(Float.self, shape, 2e-6)
      follows(Double.self, shape, 1e-13)
    }
  }

  /// (1, 3, 5, 7): mean 4, variance 5; with ε = 4 the root is 3.
  @Test func byHand() {
    let x = Tensor<Float>([1, 3, 5, 7], shape: [1, 4])
    withEachForm { _ in
      let third: Double = 1 / 3
      #expect(close(x.layerNorm(over: [4], weight: nil, bias: nil, epsilon: 4).output, [-1, -third, third, 1], 1e-6))
      // Mean square 21, with ε = 4 the root is 5.
      #expect(close(x.rmsNorm(over: [4], weight: Tensor([5, 10, 5, 5]), epsilon: 4).output, [1, 6, 5, 7], 1e-6))
    }
  }

  @Test func keepsItsDigitsFarFromZero() {
    let x = filled([4, 33], with: (spread(132) as [Float]).map { $0 + 10_000 })
    let reference = Reference(width: 33, x: x.scalars.map(Double.init), centers: true, epsilon: 1e-5)
    withEachForm { _ in
      #expect(close(x.layerNorm(over: [33], weight: nil, bias: nil, epsilon: 1e-5).output, reference.normalized, 1e-6))
    }
  }

  @Test func constantRowsGiveTheBiasAndBadOnesStayAlone() {
    let x = Tensor<Float>([3, 3, 3, .nan, 1, 2, -1, 0, 1], shape: [3, 3])
    withEachForm { _ in
      let y = x.layerNorm(over: [3], weight: nil, bias: Tensor([1, 2, 3]), epsilon: 1e-5).output.scalars
      #expect(Array(y[..<3]) == [1, 2, 3])
      #expect(y[3].isNaN && y[4].isNaN && y[5].isNaN)
      #expect(y[7] == 2)
    }
  }

  @Test(arguments: [[3000, 40], [24, 10_000]] as [Shape]) func sameBitsWithAnyThreads(_ shape: Shape) {
    let x: Tensor<Float> = filled(shape, with: spread(shape.count))
    let sizes: Shape = [shape[1]]
    let results = withEachThreadCount {
      let (y, statistics) = x.layerNorm(over: sizes, weight: nil, bias: nil, epsilon: 1e-5)
      let back = y.rowNormGradient(input: x, statistics, over: sizes, weight: nil)
      return bits(y) + bits(back.input) + bits(back.weight) + bits(back.bias)
    }
    #expect(results[0] == results[1] && results[0] == results[2])
  }

  @Test func emptyBatchesPass() {
    let x = Tensor<Float>.zeros([0, 2, 3])
    let (y, statistics) = x.layerNorm(over: [2, 3], weight: nil, bias: nil, epsilon: 0)
    #expect(y.shape == [0, 2, 3])
    #expect(y.rowNormGradient(input: x, statistics, over: [2, 3], weight: nil).weight == .zeros([2, 3]))
  }

  @Test func wrongShapesStop() async {
    let end = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.ones([2, 3]).layerNorm(over: [2], weight: nil, bias: nil, epsilon: 0)
    }
    #expect(end.says("[layerNorm] needs an input that ends in [2], this one is [2, 3]"))
    let weight = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor<Float>.ones([2, 3]).rmsNorm(over: [3], weight: .ones([2]), epsilon: 0)
    }
    #expect(weight.says("[rmsNorm] rows of [3] need weight and bias of that shape, not [2]"))
  }
}
