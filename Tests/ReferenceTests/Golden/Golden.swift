import Autograd
import TensorCore
import Testing

/// One line of a table: the name of a case in `Tests/References`, and what calculates it here.
struct Golden: Sendable {
  let name: String
  /// How far what is calculated here lies from each of the case's values.
  let differences: @Sendable (GoldenCase, Precision) throws -> [GoldenDifference]
}

/// The cases of one file.
struct GoldenFamily: Sendable, CustomTestStringConvertible {
  let name: String
  let lines: [Golden]
  /// How the names of cases begin whose layer is not in the library yet.
  let awaited: [String]
  var testDescription: String { name }

  init(_ name: String, awaiting awaited: [String] = [], @GoldenTable _ lines: () -> [Golden]) {
    self.name = name
    self.awaited = awaited
    self.lines = lines()
  }

  /// Whether a case waits for its layer.
  func awaits(_ name: String) -> Bool { awaited.contains { name.hasPrefix($0) } }

  static let all = [
    linear, convolution, pooling, resampling, activations, normalization, losses, optimizers, averages, schedules,
  ]
}

/// Lets a family be written as lines, each checked by the compiler for itself.
@resultBuilder enum GoldenTable {
  static func buildExpression(_ line: Golden) -> [Golden] { [line] }
  static func buildExpression(_ lines: [Golden]) -> [Golden] { lines }
  static func buildBlock(_ lines: [Golden]...) -> [Golden] { lines.flatMap { $0 } }
  static func buildArray(_ lines: [[Golden]]) -> [Golden] { lines.flatMap { $0 } }
}

/// The distance of a calculated tensor from the golden one.
struct GoldenDifference: CustomStringConvertible {
  let what: String
  let error: Double
  let limit: Double
  var description: String { "\(what) differs by \(error), more than \(limit)" }

  /// A NaN is no agreement.
  var agrees: Bool { error <= limit }

  /// - Parameters:
  ///   - what: the name of the tensor in the case.
  ///   - measure: how the distance is measured.
  ///   - limit: the largest distance at which the two agree.
  init(
    _ what: String, _ calculated: Tensor<Double>, _ golden: Tensor<Double>, measure: GoldenMeasure = .norm,
    limit: Double
  ) {
    self.what = what
    self.limit = limit
    let equalShapes = calculated.shape == golden.shape
    error = equalShapes ? measure.distance(calculated.scalars, golden.scalars) : .infinity
  }
}

/// How the distance of two tensors is measured, relative to the golden one; absolutely where that is 0.
enum GoldenMeasure: Sendable {
  /// The norm of the difference by the norm of the value.
  case norm
  /// The largest difference by the largest value.
  case largest

  func distance(_ calculated: [Double], _ golden: [Double]) -> Double {
    let difference = size(zip(calculated, golden).map { $0 - $1 }), value = size(golden)
    return value > 0 ? difference / value : difference
  }

  private func size(_ numbers: [Double]) -> Double {
    switch self {
    case .norm: numbers.reduce(0) { $0 + $1 * $1 }.squareRoot()
    // `max` alone would pass over a NaN.
    case .largest: numbers.reduce(0) { $1.isNaN ? $1 : max($0, abs($1)) }
    }
  }
}
