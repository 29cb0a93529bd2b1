import Autograd
import Optimizers
import TensorCore
import Testing

/// The step is the gradient's sign: w ← w - α sign(g). The example of the documentation.
private final class SignDescent: UpdateRule {
  let memory: RuleMemory

  init(_ parameters: [some ParameterGroupConvertible], learningRate: Double) {
    memory = RuleMemory("SignDescent", parameters, learningRate: learningRate)
  }

  func apply<Scalar: CarriedScalar>(
    _ step: UpdateStep, to w: inout Tensor<Scalar>, gradient: Tensor<Scalar>, remembered: inout Remembered<Scalar>
  ) {
    w -= gradient.sign() * Scalar(step.learningRate)
  }
}

@Suite struct UpdateRuleTests {
  @Test func aRuleOfOnesOwnTakesAFewLines() {
    let parameter = Parameter(Tensor<Float>([1, 2, 3]))
    let optimizer = SignDescent([ParameterGroup([parameter], learningRateFactor: 0.5)], learningRate: 0.5)
    let w = Tape().watch(parameter)
    optimizer.update((w * Variable(Tensor<Float>([-7, 0, 0.1]))).sum().gradients())
    #expect(parameter.value.floats.scalars == [1.25, 2, 2.75])
    #expect(optimizer.state.stepCount == 1)
  }

  /// The memory is changed where it lies: a step asks for no tensor after the first.
  @Test func stepsWorkInPlace() {
    let parameter = Parameter(Tensor<Float>(repeating: 1, shape: [1000]))
    let optimizer = Adam([parameter])
    let gradient = TensorValue.float(Tensor(repeating: 0.5, shape: [1000]))
    func addresses() -> [UnsafeRawPointer?] {
      [parameter.value, optimizer.state.tensors["0.mean"], optimizer.state.tensors["0.square"]].map {
        $0?.floats.withUnsafeBufferPointer { UnsafeRawPointer($0.baseAddress) }
      }
    }
    optimizer.beginStep()
    optimizer.update(parameter, gradient: gradient)
    let before = addresses()
    optimizer.update(parameter, gradient: gradient)
    #expect(addresses() == before)
  }

  @Test func mixedPrecisionStops() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let parameter = Parameter(Tensor<Float>([1]))
      let optimizer = SGD([parameter], learningRate: 0.1, momentum: 0.9)
      optimizer.beginStep()
      optimizer.update(parameter, gradient: .float([1]))
      parameter.value = .double([1.0])
      optimizer.update(parameter, gradient: .double([1.0]))
    }
    #expect(result.says("[SGD] remembers 0.momentum in float, the gradient is in double"))
  }
}
