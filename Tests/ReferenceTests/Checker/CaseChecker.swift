import Autograd
import Foundation
import TensorCore

/// Checks a case in every way:
///
/// - the output in Double and in Float against the reference, and in Float without recording to the bit against that
///   with;
/// - the gradients in Double against central differences, those in Float against those in Double;
/// - the same bits with 1 and 2 threads, and whatever the memory held before, in each kernel form;
/// - each kernel form against the portable one;
/// - convolutions by algorithms that round more against plain ones, and with 1 against 2 threads to the bit;
/// - images that lie channels-last in memory against those in rows;
/// - inputs that stay as they were.
struct CaseChecker {
  let operation: OperationCase
  private let inputs: [Reference]
  private let expected: Reference
  private let weights: Reference

  init(_ operation: OperationCase) {
    self.operation = operation
    inputs = operation.inputs.enumerated().map { $1.numbers(seed: UInt64($0) + 11) }
    expected = operation.reference(inputs)
    // Factors between 0.5 and 1.5 that differ from element to element, so that each output counts.
    weights = Reference(
      expected.sizes, elements: expected.elements.indices.map { (1 + 0.5 * sin(Double($0) * 12.9898 + 1)).asFloat })
  }

  /// What is wrong, a line each; empty if all is well.
  func failures() -> [String] {
    let shape = operation.output(at: values(.double)).shape
    guard shape.sizes == expected.sizes else { return ["\(operation): shape \(shape), not \(expected.sizes)"] }
    let double = check(.double), float = check(.float)
    let problems = double.problems + float.problems + compare(float.outcome, with: double.outcome)
    return problems.map { "\(operation): \($0)" }
  }

  private func values(_ precision: Precision) -> [TensorValue] { inputs.map { TensorValue($0, precision) } }

  private func check(_ precision: Precision) -> (outcome: Outcome, problems: [String]) {
    let values = values(precision)
    let single = outcomes(at: values, precision, threads: 1, poisons: false)
    let double = outcomes(at: values, precision, threads: 2, poisons: true)
    var problems: [String] = []
    for (form, (a, b)) in zip(Setting.forms, zip(single, double)) where !a.hasSameBits(as: b) {
      let poisoned = outcomes(at: values, precision, threads: 1, poisons: true, forms: [form])[0]
      let cause = a.hasSameBits(as: poisoned) ? "the number of threads" : "what memory held before"
      problems.append("\(precision) in form \(form) depends on \(cause)")
    }
    let unrecorded = Setting(form: Setting.forms[0]).run { operation.output(at: values) }
    if !unrecorded.hasSameBits(as: single[0].output) {
      problems.append("\(precision) has other bits when nothing is recorded")
    }
    if !zip(values, self.values(precision)).allSatisfy({ $0.hasSameBits(as: $1) }) {
      problems.append("\(precision) changes its inputs")
    }
    let bound = operation.bounds.output(precision)
    problems += compare("\(precision) output", single[0].output.numbers, with: expected.elements, within: bound)
    for (form, outcome) in zip(Setting.forms, single) where form != .portable {
      problems += compareForms("\(precision) in form \(form)", outcome, with: single[portable], precision)
    }
    if precision == .float { problems += checkLayout(values, like: single) + checkFastest(values, like: single) }
    return (single[0], problems)
  }

  /// Images that lie channels-last in memory against the same in rows, in each kernel form.
  private func checkLayout(_ values: [TensorValue], like rows: [Outcome]) -> [String] {
    let turned = values.map { TensorValue.float($0.floats.channelsLast()) }
    guard turned.contains(where: \.floats.isChannelsLast) else { return [] }
    let outcomes = outcomes(at: turned, .float, threads: 2, poisons: true)
    return zip(Setting.forms, zip(outcomes, rows)).flatMap { form, pair in
      compareForms("channels-last in form \(form)", pair.0, with: pair.1, .float)
    }
  }

  /// What is allowed to round more, which only convolutions have, against plain sums: within 3e-5 of the largest value.
  private func checkFastest(_ values: [TensorValue], like plain: [Outcome]) -> [String] {
    guard values.count > 1, values.allSatisfy({ $0.shape.rank >= 4 || $0.shape.rank == 1 }) else { return [] }
    let weights = TensorValue(weights, .float)
    return zip(Setting.forms, plain).flatMap { form, plain in
      let outcomes = [1, 2].map { threads in
        Setting(form: form, threads: threads, poisons: true, isStrict: false).run {
          operation.outcome(at: values, weights: weights)
        }
      }
      let problems =
        outcomes[0].hasSameBits(as: outcomes[1]) ? [] : ["fastest in form \(form) depends on the number of threads"]
      let results = zip(
        [outcomes[0].output] + (outcomes[0].gradients ?? []), [plain.output] + (plain.gradients ?? []))
      return problems
        + results.flatMap {
          compare("fastest in form \(form)", $0.numbers, with: $1.numbers, within: Self.roundingBound)
        }
    }
  }

  private static let roundingBound = 3e-5

  private let portable = Setting.forms.firstIndex(of: .portable) ?? 0

  private func outcomes(
    at values: [TensorValue], _ precision: Precision, threads: Int, poisons: Bool, forms: [KernelForm] = Setting.forms
  ) -> [Outcome] {
    let weights = TensorValue(weights, precision)
    return Setting(form: .best, threads: threads, poisons: poisons).run {
      forms.map { form in
        Setting(form: form, threads: threads, poisons: poisons).run { operation.outcome(at: values, weights: weights) }
      }
    }
  }

  private func compareForms(
    _ what: String, _ outcome: Outcome, with portable: Outcome, _ precision: Precision
  ) -> [String] {
    let bounds = operation.bounds
    let output = compare(what, outcome.output.numbers, with: portable.output.numbers, within: bounds.output(precision))
    let pairs = zip(outcome.gradients ?? [], portable.gradients ?? []).enumerated()
    return output
      + pairs.flatMap { input, pair in
        compare(
          "\(what), gradient \(input)", pair.0.numbers, with: pair.1.numbers, within: bounds.gradient(precision))
      }
  }

  /// The Float gradients against the Double gradients, these against central differences.
  private func compare(_ float: Outcome, with double: Outcome) -> [String] {
    guard let narrow = float.gradients?.map(\.numbers), let wide = double.gradients?.map(\.numbers) else {
      return float.gradients == nil && double.gradients == nil ? [] : ["only one precision has gradients"]
    }
    var problems = zip(narrow, wide).enumerated().flatMap { input, pair in
      compare("float gradient \(input)", pair.0, with: pair.1, within: operation.bounds.floatGradient)
    }
    guard operation.bounds.comparesDifferences else { return problems }
    let differences = CentralDifferences(operation: operation, inputs: inputs, weights: weights.elements).worst(wide)
    if !(differences <= operation.bounds.differences) {
      problems.append("gradients are \(differences) off central differences")
    }
    return problems
  }

  private func compare(
    _ what: String, _ got: [Double], with expected: [Double], within bound: Double
  ) -> [String] {
    let distance = distance(got, from: expected, floor: operation.bounds.floor)
    guard !(distance <= bound) else { return [] }
    return ["\(what) is \(distance) off, not within \(bound): \(Self.worst(got, expected))"]
  }

  private static func worst(_ got: [Double], _ expected: [Double]) -> String {
    let errors = zip(got, expected).map { $0 == $1 || ($0.isNaN && $1.isNaN) ? 0 : abs($0 - $1) }
    let place = errors.indices.max { errors[$0] < errors[$1] || (!errors[$0].isNaN && errors[$1].isNaN) } ?? 0
    return errors.isEmpty ? "no elements" : "element \(place) is \(got[place]), not \(expected[place])"
  }
}
