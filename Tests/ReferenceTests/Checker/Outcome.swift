import Autograd
import TensorCore

/// What a case gave in one setting: the output, and each input's gradient of the output weighed and added up.
struct Outcome {
  let output: TensorValue
  /// Nil where the inputs are not recorded.
  let gradients: [TensorValue]?

  /// Whether both have the same bits everywhere.
  func hasSameBits(as other: Outcome) -> Bool {
    guard output.hasSameBits(as: other.output), gradients?.count == other.gradients?.count else { return false }
    return zip(gradients ?? [], other.gradients ?? []).allSatisfy { $0.hasSameBits(as: $1) }
  }
}

extension OperationCase {
  /// The outcome for the given inputs, with gradients.
  func outcome(at inputs: [TensorValue], weights: TensorValue) -> Outcome {
    let tape = Tape()
    let run = run(inputs, tape)
    guard run.output.isRecorded else { return Outcome(output: run.output.value, gradients: nil) }
    let gradients = (run.output * Variable(weights)).sum().gradients()
    let complete = zip(run.inputGradients(gradients), inputs).map { gradient, input in
      gradient ?? .filled(0, shape: input.shape, precision: input.precision)
    }
    return Outcome(output: run.output.value, gradients: complete)
  }

  /// The output for the given inputs, nothing recorded.
  func output(at inputs: [TensorValue]) -> TensorValue { run(inputs, nil).output.value }
}

extension TensorValue {
  /// The numbers of a reference in one precision.
  init(_ reference: Reference, _ precision: Precision) {
    self = TensorValue.double(Tensor(reference.elements, shape: Shape(reference.sizes))).converted(to: precision)
  }

  /// The numbers in row-major order.
  var numbers: [Double] { doubles.scalars }

  func hasSameBits(as other: TensorValue) -> Bool {
    guard shape == other.shape else { return false }
    return switch (self, other) {
    case (.float(let a), .float(let b)): a.scalars.map(\.bitPattern) == b.scalars.map(\.bitPattern)
    case (.double(let a), .double(let b)): a.scalars.map(\.bitPattern) == b.scalars.map(\.bitPattern)
    default: false
    }
  }
}

/// The largest difference of two lists, divided by the largest finite element of the second or by `floor` where that is
/// larger. Infinite where one is NaN or infinite and the other not the same.
func distance(_ got: [Double], from expected: [Double], floor: Double) -> Double {
  guard got.count == expected.count else { return .infinity }
  var (worst, scale) = (0.0, floor)
  for (a, b) in zip(got, expected) {
    if a.isFinite, b.isFinite {
      worst = max(worst, abs(a - b))
      scale = max(scale, abs(b))
    } else if !(a == b || (a.isNaN && b.isNaN)) {
      return .infinity
    }
  }
  return worst / scale
}
