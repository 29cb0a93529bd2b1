// Made by Tests/Tools/snippets --write from the documentation in files or a folder of this name.
import struct Foundation.URL
import Models
import Training

func snippetOptimizersParameterGroup1() throws {
  let optimizer = AdamW(
    ParameterGroup.exemptingVectors(model.parameters), learningRate: 1e-3, weightDecay: 0.05)
  let other = SGD(
    [ParameterGroup(body, learningRateFactor: 0.1), ParameterGroup(head)], learningRate: 0.01)
  _ = optimizer
  _ = other
}

func snippetOptimizersUpdateRule1() throws {
  /// The step is the gradient's sign: w ← w - α sign(g).
  final class SignDescent: UpdateRule {
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
}
