import Autograd
import TensorCore
import Testing

/// A user's own operation, as the documentation shows it.
private struct Cube: Operation {
  let name = "cube"
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let x = inputs[0]
    return Recorded(x * x * x) { gradient in [gradient * 3 * x * x] }
  }
}

/// A rule with a mistake: the factor 3 is missing.
private struct WrongCube: Operation {
  let name = "wrong cube"
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
    let x = inputs[0]
    return Recorded(x * x * x) { gradient in [gradient * x * x] }
  }
}

struct OperationTests {
  @Test func userOperation() {
    let tape = Tape()
    let x = tape.watch(Tensor<Float>([2]))
    let y = Cube().apply(to: x)
    #expect(y.floats.scalars == [8])
    #expect(y.sum().gradients()[x]?.floats.scalars == [12])
  }

  @Test func gradientCheckAcceptsARightRule() {
    let report = checkGradients(of: Cube(), at: [Tensor([1, -2, 0.5])])
    #expect(report.passes(1e-9), "\(report)")
  }

  @Test func gradientCheckFindsAWrongRule() {
    let report = checkGradients(of: WrongCube(), at: [Tensor([1, -2, 0.5])])
    #expect(!report.passes())
    #expect(report.entries[0].worst == [1])
    #expect(report.description.contains("input 0 [3]"))
  }

  @Test func gradientOfWrongShapeStops() async {
    await #expect(processExitsWith: .failure) {
      struct Bad: Autograd.Operation {
        let name = "bad"
        func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
          Recorded(inputs[0]) { _ in [Tensor.zeros([7])] }
        }
      }
      let tape = Tape()
      _ = Bad().apply(to: tape.watch(Tensor<Double>([1, 2]))).sum().gradients()
    }
  }

  /// A tensor inside a value is changed in place when nobody else holds it.
  @Test func modifyingDoesNotCopy() {
    var value = TensorValue.float(Tensor(repeating: 1, shape: [1000]))
    let before = value.floats.withUnsafeBufferPointer { $0.baseAddress }
    value.modify(Float.self) { $0.withUnsafeMutableBufferPointer { $0[0] = 2 } }
    #expect(value.floats.withUnsafeBufferPointer { $0.baseAddress } == before)
    let copy = value
    value.modify(Float.self) { $0.withUnsafeMutableBufferPointer { $0[0] = 3 } }
    #expect(copy.floats.scalars[0] == 2)
  }
}
