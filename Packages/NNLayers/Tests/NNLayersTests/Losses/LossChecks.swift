import Autograd
import TensorCore
import Testing

/// Whether a variable holds these numbers, up to rounding.
func expectClose(
  _ variable: Variable, _ expected: [Double], within bound: Double = 1e-12,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let got = variable.doubles.scalars
  let fits =
    got.count == expected.count
    && zip(got, expected).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) || abs($0 - $1) <= bound * max(1, abs($1)) }
  #expect(fits, "\(got), not \(expected)", sourceLocation: sourceLocation)
}

/// The gradient of one variable: of the sum of what `body` makes of it.
func gradient(at x: Tensor<Double>, of body: (Variable) -> Variable) -> [Double]? {
  let tape = Tape()
  let variable = tape.watch(x)
  return body(variable).sum().gradients()[variable]?.doubles.scalars
}

/// The same in single precision.
func gradient(at x: Tensor<Float>, of body: (Variable) -> Variable) -> [Float]? {
  let tape = Tape()
  let variable = tape.watch(x)
  return body(variable).sum().gradients()[variable]?.floats.scalars
}
