import Autograd
import Foundation
import TensorCore

/// A function of two elements: one line here is a case for each pair of shapes.
struct PairFunction: Sendable {
  let name: String
  let range: ClosedRange<Double>
  let bounds: OperationCase.Bounds
  let body: @Sendable (Variable, Variable) -> Variable
  let formula: @Sendable (Double, Double) -> Double

  init(
    _ name: String, in range: ClosedRange<Double> = -1...1, bounds: OperationCase.Bounds = .init(),
    _ body: @escaping @Sendable (Variable, Variable) -> Variable,
    is formula: @escaping @Sendable (Double, Double) -> Double
  ) {
    self.name = name
    self.range = range
    self.bounds = bounds
    self.body = body
    self.formula = formula
  }

  /// Equal shapes, rows, columns, single elements, axes in front, axes of length 0, both sides repeated.
  static let shapes: [([Int], [Int])] = [
    ([], []), ([1], []), ([], [2, 2]), ([1], [0]), ([0], [0]), ([0, 3], [1, 3]), ([2, 0], [2, 1]), ([5], [1]),
    ([1], [17]), ([3], [3]), ([4], [4]), ([8], [8]), ([15], [15]), ([16], [16]), ([17], [17]), ([33], [33]),
    ([3, 4], [3, 4]), ([3, 4], [4]), ([3, 4], [3, 1]), ([1, 4], [3, 1]), ([5, 1], [1, 7]), ([17, 1], [1, 19]),
    ([33, 1], [1, 16]), ([2, 1, 3], [4, 1]), ([2, 3, 4], [3, 1]), ([2, 3, 4], [4]), ([2, 3, 4], [2, 1, 1]),
    ([2, 3, 4], [2, 1, 4]), ([1, 3, 1], [2, 1, 5]), ([2, 5, 3, 3], [5, 1, 1]), ([2, 5, 3, 3], [1, 5, 1, 1]),
    ([3, 1, 5], [2, 3, 4, 5]), ([2, 1, 2, 1, 3], [2, 1, 2, 1]), ([65], [2, 1]), ([1, 65], [3, 65]),
  ]

  var cases: [OperationCase] { Self.shapes.map(at) + [at(([150, 257], [257])), at(([3, 1, 12_007], [2, 1]))] }

  private func at(_ pair: ([Int], [Int])) -> OperationCase {
    let formula = formula, body = body
    let inputs = [Input(pair.0, in: range), Input(pair.1, in: range)]
    var bounds = bounds
    // So many pairs lie closer together than the differences reach.
    if bounds.hasKinks, broadcastSizes(pair.0, pair.1).reduce(1, *) > 30_000 { bounds.comparesDifferences = false }
    return OperationCase(name, inputs, bounds: bounds) {
      body($0[0], $0[1])
    } is: { inputs in
      Reference(broadcastSizes(pair.0, pair.1)) { formula(inputs[0][broadcast: $0], inputs[1][broadcast: $0]) }
    }
  }
}

enum BroadcastCases {
  static let all: [OperationCase] = functions.flatMap(\.cases)

  static let functions: [PairFunction] = [
    PairFunction("x + y") {
      $0 + $1
    } is: {
      $0 + $1
    },
    PairFunction("x - y") {
      $0 - $1
    } is: {
      $0 - $1
    },
    PairFunction("x · y") {
      $0 * $1
    } is: {
      $0 * $1
    },
    PairFunction("x / y", in: 0.5...2) {
      $0 / $1
    } is: {
      $0 / $1
    },
    PairFunction("x^y", in: 0.5...2) {
      $0.power($1)
    } is: {
      pow($0, $1)
    },
    // The second input is shifted, so that equal grids do not tie.
    PairFunction("maximum", bounds: .kinks) {
      .maximum($0, $1 + 0.003)
    } is: {
      max($0, $1 + 0.003)
    },
    PairFunction("minimum", bounds: .kinks) {
      .minimum($0, $1 + 0.003)
    } is: {
      min($0, $1 + 0.003)
    },
    PairFunction("(x - y)²") {
      .squaredDifference($0, $1)
    } is: {
      ($0 - $1) * ($0 - $1)
    },
  ]
}
