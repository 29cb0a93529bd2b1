import Foundation
import TensorCore

/// How well a rule's gradients agree with central differences, input by input.
public struct GradientReport: Sendable, CustomStringConvertible {
  /// The comparison for one input.
  public struct Entry: Sendable {
    /// The input's position.
    public let input: Int
    /// The input's shape.
    public let shape: Shape
    /// The largest difference between the two gradients, divided by the largest element of either.
    public let relativeError: Double
    /// Where the largest difference is, as an index per axis.
    public let worst: [Int]
    /// What the rule gives there.
    public let analytic: Double
    /// What central differences give there.
    public let numeric: Double
  }

  /// The name of what was checked.
  public let name: String
  /// One entry per input.
  public let entries: [Entry]

  /// The largest relative error of all inputs; NaN if a gradient is NaN.
  public var relativeError: Double {
    entries.reduce(0) { $1.relativeError.isNaN || $0.isNaN ? .nan : max($0, $1.relativeError) }
  }

  /// Whether every input's gradient agrees within `tolerance`.
  public func passes(_ tolerance: Double = 1e-6) -> Bool { relativeError <= tolerance }

  public var description: String {
    let lines = entries.map { entry in
      "  input \(entry.input) \(entry.shape): relative error \(Self.short(entry.relativeError)), worst at \(entry.worst):"
        + " rule \(Self.short(entry.analytic)), differences \(Self.short(entry.numeric))"
    }
    return ([name + ":"] + lines).joined(separator: "\n")
  }

  private static func short(_ value: Double) -> String { String(format: "%.6g", value) }
}

/// Compares an operation's rule with central differences in double precision.
///
/// See ``checkGradients(_:at:step:body:)``.
public func checkGradients(
  of operation: some Operation, at inputs: [Tensor<Double>], step: Double = 1e-3
) -> GradientReport {
  checkGradients(operation.name, at: inputs, step: step) { operation.apply(to: $0) }
}

/// Compares the gradients of a calculation with central differences in double precision.
///
/// The output is weighed by fixed pseudo-random factors and summed, so that every output element counts. Each input
/// element is moved by ±h and ±2h, and the slope is (8 (f(h) - f(-h)) - (f(2h) - f(-2h))) / 12h, whose error is of the
/// order h⁴. Cost: four evaluations for each input element.
///
/// - Parameters:
///   - name: what is checked, for the report.
///   - inputs: where to compare. Keep away from kinks (the 0 of ReLU, ties of a maximum) by more than two steps.
///   - step: h, multiplied by the element's size where that is above 1. Default 1e-3.
///   - body: the calculation.
public func checkGradients(
  _ name: String, at inputs: [Tensor<Double>], step: Double = 1e-3, body: ([Variable]) -> Variable
) -> GradientReport {
  let tape = Tape()
  let watched = inputs.map { tape.watch($0) }
  let loss = weighedSum(of: body(watched))
  let gradients = loss.isRecorded ? loss.gradients() : Gradients()
  let entries = inputs.indices.map { position in
    let analytic = gradients[watched[position]]?.doubles.scalars
    let numeric = slopes(of: body, at: inputs, moving: position, step: step)
    return entry(
      position, inputs[position].shape, analytic ?? [Double](repeating: 0, count: numeric.count), numeric)
  }
  return GradientReport(name: name, entries: entries)
}

/// Σ w·y with fixed factors w between 0.5 and 1.5 that differ from element to element.
private func weighedSum(of output: Variable) -> Variable {
  let factors = (0..<output.shape.count).map { 1 + 0.5 * sin(Double($0) * 12.9898 + 1) }
  return (output * Variable(Tensor<Double>(factors, shape: output.shape))).sum()
}

private func slopes(
  of body: ([Variable]) -> Variable, at inputs: [Tensor<Double>], moving position: Int, step: Double
) -> [Double] {
  let scalars = inputs[position].scalars
  return scalars.indices.map { element in
    let h = step * max(1, abs(scalars[element]))
    func loss(_ offset: Double) -> Double {
      var moved = inputs
      moved[position].withUnsafeMutableBufferPointer { $0[element] += offset }
      return weighedSum(of: body(moved.map { Variable($0) })).item
    }
    return (8 * (loss(h) - loss(-h)) - (loss(2 * h) - loss(-2 * h))) / (12 * h)
  }
}

private func entry(_ input: Int, _ shape: Shape, _ analytic: [Double], _ numeric: [Double]) -> GradientReport.Entry {
  let scale = zip(analytic, numeric).reduce(1e-8) { max($0, abs($1.0), abs($1.1)) }
  let errors = zip(analytic, numeric).map { abs($0 - $1) }
  let worst = errors.indices.max { errors[$0] < errors[$1] || (!errors[$0].isNaN && errors[$1].isNaN) }
  guard let worst else {
    return .init(input: input, shape: shape, relativeError: 0, worst: [], analytic: 0, numeric: 0)
  }
  let index = shape.strides.indices.map { worst / shape.strides[$0] % shape[$0] }
  return .init(
    input: input, shape: shape, relativeError: errors[worst] / scale, worst: index,
    analytic: analytic[worst], numeric: numeric[worst])
}
