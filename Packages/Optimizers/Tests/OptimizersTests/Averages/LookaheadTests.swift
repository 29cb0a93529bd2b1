import Autograd
import Optimizers
import TensorCore
import Testing

@Suite struct LookaheadTests {
  /// SGD with momentum inside, every 3 steps, a share of 0.4: the formula in plain Float64.
  @Test func followsTheFormula() {
    let start = startValues(6)
    let parameter = Parameter(.double(Tensor(start, shape: [2, 3])))
    descend(
      [parameter], with: Lookahead(SGD([parameter], learningRate: 0.1, momentum: 0.9), every: 3, share: 0.4), steps: 20)
    for (element, start) in start.enumerated() {
      var (w, v, slow) = (start, 0.0, start)
      for step in 0..<20 {
        v = 0.9 * v + slope(w, element, step)
        w -= 0.1 * v
        if step % 3 == 2 {
          slow += 0.4 * (w - slow)
          w = slow
        }
      }
      #expect(abs(parameter.value.doubles.scalars[element] - w) < 1e-13)
    }
  }

  @Test(arguments: ruleCases) func stateOfAnyRuleRestoresToTheBit(_ rule: RuleCase) throws {
    let whole = [Parameter(Tensor<Float>([1, -2])), Parameter(Tensor<Float>([0.5]))]
    let parts = whole.map { Parameter($0.value) }
    descend(whole, with: Lookahead(rule.make(whole), every: 3), steps: 14)
    let first = Lookahead(rule.make(parts), every: 3)
    descend(parts, with: first, steps: 7)
    let second = Lookahead(rule.make(parts), every: 3)
    try second.check(first.state)
    second.state = first.state
    descend(parts, with: second, steps: 7, from: 7)
    for (a, b) in zip(whole, parts) { #expect(a.value.floats == b.value.floats) }
  }

  @Test func frozenParametersStayAndRatesGoIn() {
    let frozen = Parameter(Tensor<Float>([1])), free = Parameter(Tensor<Float>([1]))
    frozen.isTrainable = false
    let base = SGD([frozen, free], learningRate: 0.1), optimizer = Lookahead(base, every: 1)
    optimizer.learningRate = 0.2
    #expect(base.learningRate == 0.2)
    descend([frozen, free], with: optimizer, steps: 3)
    #expect(frozen.value.floats.scalars == [1])
    #expect(free.value.floats.scalars != [1])
  }

  @Test func otherStatesAreRefused() {
    let optimizer = Lookahead(SGD([Parameter(Tensor<Float>([1]))], learningRate: 0.1))
    #expect(throws: OptimizerStateError(expected: "1 slow weights", found: "0")) {
      try optimizer.check(OptimizerState())
    }
    #expect(throws: OptimizerStateError.self) {
      try optimizer.check(OptimizerState(tensors: ["0.slow": .float([1, 2])]))
    }
  }

  @Test func wrongNumbersStop() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Lookahead(SGD([Parameter](), learningRate: 0.1), every: 0)
    }
    #expect(result.says("[Lookahead] the interval must be at least 1, not 0"))
    await #expect(processExitsWith: .failure) { _ = Lookahead(SGD([Parameter](), learningRate: 0.1), share: 2) }
  }

  /// A tied weight that its owner lists for both of its layers goes the way of one that is listed once.
  @Test func aWeightThatComesTwiceIsDrawnBackOnce() {
    let once = Parameter(Tensor<Float>([1, -2])), twice = Parameter(Tensor<Float>([1, -2]))
    descend([once], with: Lookahead(SGD([once], learningRate: 0.1, momentum: 0.9), every: 2), steps: 7)
    descend([twice], with: Lookahead(SGD([twice, twice], learningRate: 0.1, momentum: 0.9), every: 2), steps: 7)
    #expect(twice.value.floats == once.value.floats)
  }
}
