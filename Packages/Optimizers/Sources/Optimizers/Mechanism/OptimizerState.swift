import Autograd
import TensorCore

/// What an optimiser, or an average of weights, remembers between steps.
public struct OptimizerState: Sendable {
  /// The most steps that a state may count: 2⁵³, up to where a Double holds whole numbers.
  public static let mostSteps = 1 << 53

  /// The number of steps taken.
  public var stepCount = 0
  /// Tensors by name: the parameter's position and the quantity, as in `3.momentum`.
  public var tensors: [String: TensorValue] = [:]
  /// Numbers by name, likewise: `3.steps` is the number of steps in which parameter 3 had a gradient.
  public var numbers: [String: Double] = [:]

  /// Nothing yet.
  public init(stepCount: Int = 0, tensors: [String: TensorValue] = [:], numbers: [String: Double] = [:]) {
    self.stepCount = stepCount
    self.tensors = tensors
    self.numbers = numbers
  }
}

/// Why a state does not go with an optimiser.
public struct OptimizerStateError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What the optimiser needs.
  public let expected: String
  /// What the state has.
  public let found: String

  /// An error of its two parts.
  public init(expected: String, found: String) {
    self.expected = expected
    self.found = found
  }

  public var description: String { "the state does not go with the optimiser: expected \(expected), found \(found)" }
}

extension OptimizerState {
  /// Checks that the counts are whole and every tensor is one of `quantities` of one of `parameters`, of its shape.
  func check(for parameters: [Parameter], quantities: [String]) throws(OptimizerStateError) {
    guard (0...Self.mostSteps).contains(stepCount) else {
      throw OptimizerStateError(expected: "an optimiser's count of steps", found: "\(stepCount)")
    }
    for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
      guard let (position, quantity) = Self.parts(name), parameters.indices.contains(position) else {
        throw OptimizerStateError(
          expected: "an optimiser of \(parameters.count) parameters", found: "a tensor '\(name)'")
      }
      guard quantities.contains(quantity) else {
        let known = quantities.isEmpty ? "none" : quantities.joined(separator: ", ")
        throw OptimizerStateError(expected: "tensors of the names \(known)", found: "a tensor '\(name)'")
      }
      let shape = parameters[position].shape
      guard tensor.shape == shape else {
        throw OptimizerStateError(expected: "the optimiser's '\(name)' of shape \(shape)", found: "\(tensor.shape)")
      }
    }
    for (name, number) in numbers.sorted(by: { $0.key < $1.key }) {
      let known = Self.parts(name).map { parameters.indices.contains($0.position) && $0.quantity == Self.steps }
      guard known == true, let count = Int(exactly: number),
        (0...Self.mostSteps).contains(count)
      else {
        throw OptimizerStateError(
          expected: "counts of the steps of \(parameters.count) parameters", found: "\(name) = \(number)")
      }
    }
  }

  /// The quantity that counts a parameter's steps.
  static let steps = "steps"

  /// `3.momentum` as 3 and `momentum`; nil for other forms.
  static func parts(_ name: String) -> (position: Int, quantity: String)? {
    let parts = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let position = Int(parts[0]), String(position) == parts[0] else { return nil }
    return (position, String(parts[1]))
  }
}
