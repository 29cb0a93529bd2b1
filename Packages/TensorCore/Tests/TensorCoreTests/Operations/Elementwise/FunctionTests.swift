import Foundation
import TensorCore
import Testing

/// The functions of one element against the C library's in Double.
@Suite struct FunctionTests {
  struct Function: Sendable, CustomStringConvertible {
    var name: String
    /// The largest error for Float that is allowed, in units in the last place.
    var bound: Double
    var float: @Sendable (Tensor<Float>) -> Tensor<Float>
    var double: @Sendable (Tensor<Double>) -> Tensor<Double>
    var exact: @Sendable (Double) -> Double
    var description: String { name }
  }

  static let functions: [Function] = [
    Function(name: "exp", bound: 1, float: { $0.exp() }, double: { $0.exp() }, exact: exp),
    Function(name: "expm1", bound: 2, float: { $0.expm1() }, double: { $0.expm1() }, exact: expm1),
    Function(name: "log", bound: 1, float: { $0.log() }, double: { $0.log() }, exact: log),
    Function(name: "log1p", bound: 2, float: { $0.log1p() }, double: { $0.log1p() }, exact: log1p),
    Function(name: "tanh", bound: 2, float: { $0.tanh() }, double: { $0.tanh() }, exact: tanh),
    Function(name: "sigmoid", bound: 3, float: { $0.sigmoid() }, double: { $0.sigmoid() }) { x in
      x < 0 ? Foundation.exp(x) / (1 + Foundation.exp(x)) : 1 / (1 + Foundation.exp(-x))
    },
    Function(name: "sin", bound: 1, float: { $0.sin() }, double: { $0.sin() }, exact: sin),
    Function(name: "cos", bound: 1, float: { $0.cos() }, double: { $0.cos() }, exact: cos),
    Function(name: "sqrt", bound: 0.5, float: { $0.sqrt() }, double: { $0.sqrt() }, exact: { $0.squareRoot() }),
    Function(
      name: "reciprocalSquareRoot", bound: 1.5, float: { $0.reciprocalSquareRoot() },
      double: { $0.reciprocalSquareRoot() }, exact: { 1 / $0.squareRoot() }),
    Function(name: "reciprocal", bound: 0.5, float: { $0.reciprocal() }, double: { $0.reciprocal() }) { 1 / $0 },
    Function(name: "squared", bound: 0.5, float: { $0.squared() }, double: { $0.squared() }) { $0 * $0 },
    Function(name: "abs", bound: 0, float: { $0.abs() }, double: { $0.abs() }, exact: Swift.abs),
    Function(name: "negation", bound: 0, float: { -$0 }, double: { -$0 }, exact: { -$0 }),
    Function(name: "sign", bound: 0, float: { $0.sign() }, double: { $0.sign() }) { $0 > 0 ? 1 : $0 < 0 ? -1 : $0 },
    Function(name: "relu", bound: 0, float: { $0.relu() }, double: { $0.relu() }) { $0 < 0 ? 0 : $0 },
    Function(name: "floor", bound: 0, float: { $0.floor() }, double: { $0.floor() }, exact: floor),
    Function(name: "ceil", bound: 0, float: { $0.ceil() }, double: { $0.ceil() }, exact: ceil),
    Function(name: "round", bound: 0, float: { $0.round() }, double: { $0.round() }) {
      $0.rounded(.toNearestOrEven)
    },
    Function(name: "cube", bound: 1, float: { $0.power(3) }, double: { $0.power(3) }) { pow($0, 3) },
    Function(
      name: "clamped", bound: 0, float: { $0.clamped(to: -1...0.5) }, double: { $0.clamped(to: -1...0.5) }
    ) { $0 < -1 ? -1 : $0 > 0.5 ? 0.5 : $0 },
  ]

  /// Numbers of every size and sign: each exponent, with many different fractions.
  static let sweep: [Float] = (0..<UInt32(1 << 16)).map { Float(bitPattern: $0 << 16 | ($0 &* 40_503) & 0xFFFF) }

  @Test(arguments: functions) func floatStaysWithinItsBound(_ function: Function) {
    let numbers = edges + Self.sweep + (0..<20_000).map { Float($0 - 10_000) / 800 }
    withEachForm { form in
      let results = function.float(filled([numbers.count], with: numbers)).scalars
      var worst = (error: 0.0, at: Float(0))
      for (x, y) in zip(numbers, results) {
        let error = unitsInTheLastPlace(y, from: function.exact(Double(x)))
        if error > worst.error { worst = (error, x) }
      }
      #expect(worst.error <= function.bound, "\(function) \(form) at \(worst.at)")
    }
  }

  @Test(arguments: functions) func everyLengthGivesTheSame(_ function: Function) {
    let numbers = spread(1000, as: Float.self)
    withEachForm { form in
      let all = bits(function.float(filled([1000], with: numbers)))
      for length in lengths {
        let some = function.float(filled([length], with: Array(numbers.prefix(length))))
        #expect(bits(some) == Array(all.prefix(length)), "\(function) \(form) \(length)")
        #expect(some.shape == [length])
      }
    }
  }

  @Test(arguments: functions) func doubleIsTheLibrarys(_ function: Function) {
    let numbers = edges.map(Double.init) + spread(70)
    let results = function.double(filled([numbers.count], with: numbers)).scalars
    for (x, y) in zip(numbers, results) {
      let exact = function.exact(x)
      #expect(y == exact || (y.isNaN && exact.isNaN) || Swift.abs(y - exact) <= 2 * exact.ulp, "\(function) at \(x)")
    }
  }

  @Test(arguments: functions) func threadsGiveTheSameBits(_ function: Function) {
    let numbers: Tensor<Float> = filled([5, 20_001], with: spread(100_005))
    let results = withEachThreadCount { bits(function.float(numbers)) }
    #expect(results[1] == results[0])
    #expect(results[2] == results[0])
  }
}
