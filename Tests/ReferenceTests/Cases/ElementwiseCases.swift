import Autograd
import Foundation

/// A function of each element: one line here is a case for each of ``shapes``.
struct ElementwiseFunction: Sendable {
  let name: String
  let range: ClosedRange<Double>
  let bounds: OperationCase.Bounds
  let body: @Sendable (Variable) -> Variable
  let formula: @Sendable (Double) -> Double

  init(
    _ name: String, in range: ClosedRange<Double> = -1...1, bounds: OperationCase.Bounds = .init(),
    _ body: @escaping @Sendable (Variable) -> Variable, is formula: @escaping @Sendable (Double) -> Double
  ) {
    self.name = name
    self.range = range
    self.bounds = bounds
    self.body = body
    self.formula = formula
  }

  /// Ranks 0 to 5, axes of length 0 and 1, lengths around 4, 8 and 16 lanes.
  static let shapes: [[Int]] = [
    [], [0], [1], [2], [3], [4], [5], [7], [8], [9], [15], [16], [17], [31], [32], [33], [63], [64], [65], [129],
    [0, 3], [3, 0], [1, 1], [3, 5], [2, 3, 4], [2, 0, 4], [5, 1, 3], [2, 3, 1, 7], [2, 1, 3, 1, 2],
  ]
  /// Elements that are cut into several blocks for the threads.
  static let large = [3, 23_003]

  /// One case for each shape.
  var cases: [OperationCase] { Self.shapes.map { at(Input($0, in: range)) } + [at(Input(Self.large, in: range))] }

  /// A case at one input.
  func at(_ input: Input) -> OperationCase {
    let formula = formula, body = body
    return OperationCase(name, [input], bounds: bounds) {
      body($0[0])
    } is: {
      $0[0].map(formula)
    }
  }

  /// Cases of zeros, infinities and NaN, at every place of a vector: for formulas that hold there.
  var edges: [OperationCase] {
    let formula = formula, body = body
    let special: [Double] = [0, -0.0, .infinity, -.infinity, .nan, 1, -1]
    return [3, 16, 37].map { length in
      let input = Input((0..<length).map { special[$0 % special.count] }, shape: [length])
      return OperationCase("\(name) at the edges", [input], bounds: .edges) {
        body($0[0])
      } is: {
        $0[0].map(formula)
      }
    }
  }
}

enum ElementwiseCases {
  static let all: [OperationCase] =
    functions.flatMap(\.cases) + functions.filter { unbounded.contains($0.name) }.flatMap(\.edges)

  static let functions: [ElementwiseFunction] = [
    ElementwiseFunction("exp", in: -3...3) {
      $0.exp()
    } is: {
      exp($0)
    },
    ElementwiseFunction("expm1", in: -1...2) {
      $0.expm1()
    } is: {
      expm1($0)
    },
    ElementwiseFunction("log", in: 0.25...5) {
      $0.log()
    } is: {
      log($0)
    },
    ElementwiseFunction("log1p", in: -0.75...4) {
      $0.log1p()
    } is: {
      log1p($0)
    },
    ElementwiseFunction("sqrt", in: 0.25...5) {
      $0.sqrt()
    } is: {
      sqrt($0)
    },
    ElementwiseFunction("1/√x", in: 0.25...5) {
      $0.reciprocalSquareRoot()
    } is: {
      1 / sqrt($0)
    },
    ElementwiseFunction("x²") {
      $0.squared()
    } is: {
      $0 * $0
    },
    ElementwiseFunction("1/x", in: 0.25...3) {
      $0.reciprocal()
    } is: {
      1 / $0
    },
    ElementwiseFunction("1/x below 0", in: -3...(-0.25)) {
      $0.reciprocal()
    } is: {
      1 / $0
    },
    ElementwiseFunction("x³") {
      $0.power(3)
    } is: {
      $0 * $0 * $0
    },
    ElementwiseFunction("x⁰") {
      $0.power(0)
    } is: { _ in
      1
    },
    ElementwiseFunction("x^-0.5", in: 0.25...3) {
      $0.power(-0.5)
    } is: {
      pow($0, -0.5)
    },
    ElementwiseFunction("x^2.5", in: 0.25...3) {
      $0.power(2.5)
    } is: {
      pow($0, 2.5)
    },
    ElementwiseFunction("sin", in: -9...9) {
      $0.sin()
    } is: {
      sin($0)
    },
    ElementwiseFunction("cos", in: -9...9) {
      $0.cos()
    } is: {
      cos($0)
    },
    ElementwiseFunction("abs", bounds: .kinks) {
      $0.abs()
    } is: {
      $0 < 0 ? -$0 : $0
    },
    ElementwiseFunction("clamped", bounds: .kinks) {
      $0.clamped(to: -0.5...0.75)
    } is: {
      min(max($0, -0.5), 0.75)
    },
    ElementwiseFunction("-x") {
      -$0
    } is: {
      -$0
    },
    ElementwiseFunction("x + number") {
      $0 + 2.5
    } is: {
      $0 + 2.5
    },
    ElementwiseFunction("number - x") {
      2 - $0
    } is: {
      2 - $0
    },
    ElementwiseFunction("number · x") {
      3 * $0
    } is: {
      3 * $0
    },
    ElementwiseFunction("x / number") {
      $0 / 3
    } is: {
      $0 / 3
    },
    ElementwiseFunction("number / x", in: 0.5...2) {
      3 / $0
    } is: {
      3 / $0
    },
    ElementwiseFunction("tanh", in: -6...6) {
      $0.tanh()
    } is: {
      tanh($0)
    },
    ElementwiseFunction("sigmoid", in: -9...9) {
      $0.sigmoid()
    } is: {
      1 / (1 + exp(-$0))
    },
    ElementwiseFunction("relu", bounds: .kinks) {
      $0.relu()
    } is: {
      $0 > 0 ? $0 : 0
    },
  ]

  /// Functions whose formula holds everywhere.
  private static let unbounded: Set<String> = [
    "exp", "expm1", "x²", "x³", "abs", "-x", "x + number", "number - x", "number · x", "x / number", "tanh", "sigmoid",
  ]
}
