import Autograd
import Foundation

/// Slopes by central differences: (8 (f(h) - f(-h)) - (f(2h) - f(-2h))) / 12h, whose error is of the order h⁴.
///
/// f is the sum of the outputs, each times its weight. Differences are taken output by output before they are added, so
/// that those which stay cost no digits.
struct CentralDifferences {
  let operation: OperationCase
  let inputs: [Reference]
  let weights: [Double]
  private static let step = 1e-4

  /// The largest distance between `gradients` and the slopes, by the largest gradient of the same input.
  ///
  /// Small inputs are moved element by element, of large ones some elements; and all elements together in random
  /// directions.
  func worst(_ gradients: [[Double]]) -> Double {
    inputs.indices.map { distance(of: gradients[$0], at: $0) }.max() ?? 0
  }

  private func distance(of gradient: [Double], at position: Int) -> Double {
    let scale = gradient.reduce(operation.bounds.floor) { max($0, abs($1)) }
    let count = gradient.count
    var generator = SplitMix(state: UInt64(position + 1))
    let budget = max(3, min(64, 400_000 / (weights.count + 4 * count + 1)))
    let elements =
      count <= budget ? Array(0..<count) : (0..<budget).map { _ in .random(in: 0..<count, using: &generator) }
    var worst = 0.0
    for element in elements {
      var direction = [Double](repeating: 0, count: count)
      direction[element] = max(1, abs(inputs[position].elements[element]))
      let numeric = slope(at: position, along: direction) / direction[element]
      worst = max(worst, Self.error(numeric, gradient[element]) / scale)
    }
    guard count > 1, count <= 1000 || !operation.bounds.hasKinks else { return worst }
    for _ in 0..<2 {
      let direction = (0..<count).map { _ in Bool.random(using: &generator) ? 1.0 : -1.0 }
      let expected = zip(direction, gradient).reduce(0) { $0 + $1.0 * $1.1 }
      worst = max(worst, Self.error(slope(at: position, along: direction), expected) / scale / sqrt(Double(count)))
    }
    return worst
  }

  /// NaN agrees with NaN: the slope of what is NaN everywhere.
  private static func error(_ numeric: Double, _ slope: Double) -> Double {
    guard numeric.isNaN || slope.isNaN else { return abs(numeric - slope) }
    return numeric.isNaN && slope.isNaN ? 0 : .infinity
  }

  private func slope(at position: Int, along direction: [Double]) -> Double {
    let h = Self.step
    func outputs(_ offset: Double) -> [Double] {
      var moved = inputs
      moved[position].elements = zip(moved[position].elements, direction).map { $0 + offset * $1 }
      return operation.output(at: moved.map { TensorValue($0, .double) }).numbers
    }
    let (far, near) = ((outputs(2 * h), outputs(-2 * h)), (outputs(h), outputs(-h)))
    return weights.indices.reduce(0) { sum, i in
      sum + weights[i] * (8 * (near.0[i] - near.1[i]) - (far.0[i] - far.1[i]))
    } / (12 * h)
  }
}
