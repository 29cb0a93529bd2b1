import Autograd
import TensorCore

/// An operation at inputs of certain shapes, and the formula for what it must give.
///
/// One line is a case:
///
///     OperationCase("x + y", [[2, 3], [3]]) { $0[0] + $0[1] } is: { … }
///
/// ``CaseChecker`` says what is checked of it.
struct OperationCase: Sendable {
  let name: String
  let inputs: [Input]
  let run: @Sendable ([TensorValue], Tape?) -> Run
  let reference: @Sendable ([Reference]) -> Reference
  var bounds: Bounds

  /// A calculation that was carried out: its output, and where the gradients of its inputs are.
  struct Run {
    let output: Variable
    let inputGradients: (Gradients) -> [TensorValue?]
  }

  /// What differences are allowed, each divided by the largest element of what is compared with, or by ``floor`` where
  /// that is larger.
  struct Bounds: Sendable {
    /// Double output from the reference, and from another kernel form.
    var double = 1e-12
    /// Float output from the reference, and from another kernel form.
    var float = 1e-6
    /// Float gradients from those in Double, and from another kernel form.
    var floatGradient = 1e-5
    /// Double gradients from another kernel form.
    var doubleGradient = 1e-11
    /// Double gradients from central differences.
    var differences = 1e-7
    /// What is small enough to be rounding.
    var floor = 1e-3
    /// The slope is compared with differences: not where inputs lie on kinks or are infinite.
    var comparesDifferences = true
    /// Whether the slope jumps between elements, so that many cannot be moved together.
    var hasKinks = false

    func output(_ precision: Precision) -> Double { precision == .double ? double : float }
    func gradient(_ precision: Precision) -> Double { precision == .double ? doubleGradient : floatGradient }
  }

  /// A case from a calculation with variables.
  init(
    _ name: String, _ inputs: [Input], bounds: Bounds = Bounds(), _ body: @escaping @Sendable ([Variable]) -> Variable,
    is reference: @escaping @Sendable ([Reference]) -> Reference
  ) {
    self.name = name
    self.inputs = inputs
    self.bounds = bounds
    self.reference = reference
    run = { values, tape in
      let variables = values.map { tape?.watch($0) ?? Variable($0) }
      return Run(output: body(variables)) { gradients in variables.map { gradients[$0] } }
    }
  }
}

extension OperationCase: CustomStringConvertible {
  var description: String { name + " of " + inputs.map { "\($0.sizes)" }.joined(separator: ", ") }
}

extension OperationCase.Bounds {
  /// For functions whose slope jumps.
  static let kinks = OperationCase.Bounds(hasKinks: true)
  /// For inputs on kinks and at infinity.
  static let edges = OperationCase.Bounds(comparesDifferences: false)
}
