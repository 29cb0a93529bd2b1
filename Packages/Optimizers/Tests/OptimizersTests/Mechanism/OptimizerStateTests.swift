import Autograd
import Optimizers
import TensorCore
import Testing

@Suite struct OptimizerStateTests {
  private func makeOptimizer() -> SGD {
    SGD([Parameter(Tensor<Float>([1, 2])), Parameter(Tensor<Float>([3]))], learningRate: 0.1, momentum: 0.9)
  }

  private func error(_ change: (inout OptimizerState) -> Void) -> String? {
    let optimizer = makeOptimizer()
    descend(optimizer.parameters, with: optimizer, steps: 2)
    var state = optimizer.state
    change(&state)
    do {
      try optimizer.check(state)
      return nil
    } catch { return "\(error.expected) / \(error.found)" }
  }

  @Test func itsOwnStateIsGood() { #expect(error { _ in } == nil) }

  @Test func otherStatesAreRefused() {
    #expect(error { $0.stepCount = -1 } == "an optimiser's count of steps / -1")
    #expect(error { $0.tensors["2.momentum"] = .float([1]) } == "an optimiser of 2 parameters / a tensor '2.momentum'")
    #expect(error { $0.tensors["momentum"] = .float([1]) } == "an optimiser of 2 parameters / a tensor 'momentum'")
    #expect(error { $0.tensors["0.mean"] = .float([1]) } == "tensors of the names momentum / a tensor '0.mean'")
    #expect(
      error { $0.tensors["0.momentum"] = .float([1, 2, 3]) }
        == "the optimiser's '0.momentum' of shape [2] / [3]")
    #expect(error { $0.tensors["1.momentum"] = nil } == "a tensor '1.momentum' after 2 steps / none")
    #expect(error { $0.numbers["1.steps"] = nil } == "no '1.momentum' before the first step / one")
    #expect(error { $0.numbers["1.steps"] = 0.5 } == "counts of the steps of 2 parameters / 1.steps = 0.5")
    #expect(error { $0.numbers["1.steps"] = .nan } == "counts of the steps of 2 parameters / 1.steps = nan")
    #expect(error { $0.numbers["7.steps"] = 1 } == "counts of the steps of 2 parameters / 7.steps = 1.0")
    #expect(error { $0.numbers["other"] = 1 } == "counts of the steps of 2 parameters / other = 1.0")
  }

  @Test func settingAnotherStateStops() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let optimizer = Adam([Parameter(Tensor<Float>([1]))])
      optimizer.state = OptimizerState(stepCount: 1, tensors: ["0.momentum": .float([1])])
    }
    #expect(result.says("expected tensors of the names mean, square, found a tensor '0.momentum'"))
  }

  @Test func holdingAStateKeepsIt() {
    let optimizer = makeOptimizer()
    descend(optimizer.parameters, with: optimizer, steps: 1)
    let state = optimizer.state
    let momentum = state.tensors["0.momentum"]?.floats.scalars
    descend(optimizer.parameters, with: optimizer, steps: 3)
    #expect(state.tensors["0.momentum"]?.floats.scalars == momentum)
    #expect(optimizer.state.tensors["0.momentum"]?.floats.scalars != momentum)
  }
}
