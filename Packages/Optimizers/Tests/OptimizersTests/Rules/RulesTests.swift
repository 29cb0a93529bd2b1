import Autograd
import Optimizers
import TensorCore
import Testing

/// What holds for every rule.
@Suite struct RulesTests {
  private static let shapes: [Shape] = [[], [0], [3], [2, 3], [5, 1, 2], [3, 2, 5, 5]]

  private func parameters(_ precision: Precision) -> [Parameter] {
    Self.shapes.map {
      Parameter(TensorValue.double(Tensor(startValues($0.count), shape: $0)).converted(to: precision))
    }
  }

  @Test("20 steps of every rule follow its formula in plain Float64", arguments: ruleCases)
  func followsTheFormula(_ rule: RuleCase) {
    for (precision, tolerance) in [(Precision.double, 1e-12), (.float, 2e-5)] {
      let parameters = parameters(precision)
      descend(parameters, with: rule.make(parameters), steps: 20)
      for (parameter, shape) in zip(parameters, Self.shapes) {
        for (element, start) in startValues(shape.count).enumerated() {
          var w = start, memory = rule.start
          for step in 0..<20 { rule.formula(Double(step + 1), &w, slope(w, element, step), &memory) }
          let got = parameter.value.doubles.scalars[element]
          #expect(abs(got - w) <= tolerance * max(1, abs(w)), "\(precision) \(shape) \(element)")
        }
      }
    }
  }

  @Test("a state saved and restored midway goes on to the same bits", arguments: ruleCases)
  func stateRestoresToTheBit(_ rule: RuleCase) throws {
    let whole = parameters(.float), parts = parameters(.float)
    let uninterrupted = rule.make(whole), first = rule.make(parts), second = rule.make(parts)
    descend(whole, with: uninterrupted, steps: 20)
    descend(parts, with: first, steps: 7)
    try second.check(first.state)
    second.state = first.state
    descend(parts, with: second, steps: 13, from: 7)
    for (a, b) in zip(whole, parts) { #expect(a.value.floats == b.value.floats) }
    #expect(second.state.stepCount == 20)
    #expect(second.state.numbers == uninterrupted.state.numbers)
    for (name, tensor) in uninterrupted.state.tensors { #expect(second.state.tensors[name]?.floats == tensor.floats) }
  }

  @Test("frozen parameters stay, and begin with step 1 when they are freed", arguments: ruleCases)
  func frozenParametersStay(_ rule: RuleCase) {
    let (frozen, fresh) = (Parameter(Tensor<Float>([1, -2])), Parameter(Tensor<Float>([1, -2])))
    let other = Parameter(Tensor<Float>([3]))
    let optimizer = rule.make([other, frozen])
    frozen.isTrainable = false
    descend([other, frozen], with: optimizer, steps: 5)
    #expect(frozen.value.floats.scalars == [1, -2])
    #expect(optimizer.state.numbers == ["0.steps": 5])
    frozen.isTrainable = true
    descend([frozen], with: optimizer, steps: 3)
    descend([fresh], with: rule.make([fresh]), steps: 3)
    #expect(frozen.value.floats == fresh.value.floats)
  }

  @Test("the same bits with 1 and 2 threads", arguments: ruleCases)
  func threadsDoNotMatter(_ rule: RuleCase) {
    let threads = ThreadPool.threadCount
    defer { ThreadPool.threadCount = threads }
    let results = [1, 2].map { count in
      ThreadPool.threadCount = count
      let parameter = Parameter(Tensor<Float>(startValues(70_001).map { Float($0) }))
      descend([parameter], with: rule.make([parameter]), steps: 3)
      return parameter.value.floats
    }
    #expect(results[0] == results[1])
  }

  @Test("parameters of another optimiser are left alone", arguments: ruleCases)
  func foreignParametersAreLeftAlone(_ rule: RuleCase) {
    let (mine, other) = (Parameter(Tensor<Float>([1])), Parameter(Tensor<Float>([1])))
    descend([mine, other], with: rule.make([mine]), steps: 2)
    #expect(mine.value.floats.scalars != [1])
    #expect(other.value.floats.scalars == [1])
  }

  /// ½ (100 x² + y²): the curvatures differ by a factor of 100, which is slow or shaky for plain descent.
  @Test("every rule goes down an ill-conditioned bowl", arguments: ruleCases)
  func goesDownAnIllConditionedBowl(_ rule: RuleCase) {
    let parameter = Parameter(.double([1.0, 1.0]))
    var optimizer = rule.make([parameter])
    // Rates as the rules like them: those that step by size must stay below 2 / 100, and AdaGrad's fall by themselves.
    if optimizer is SGD { optimizer.learningRate = 0.005 }
    if optimizer is AdaGrad { optimizer = AdaGrad([parameter], learningRate: 0.5) }
    if optimizer is AdaDelta { optimizer = AdaDelta([parameter], learningRate: 1) }
    for step in 0..<3000 {
      optimizer.beginStep()
      let w = parameter.value.doubles.scalars
      optimizer.update(parameter, gradient: .double(Tensor([100 * w[0], w[1]])))
      if step == 1500 && !(optimizer is SGD) { optimizer.learningRate *= 0.1 }
    }
    let w = parameter.value.doubles.scalars
    #expect(50 * w[0] * w[0] + 0.5 * w[1] * w[1] < 0.05, "\(w)")
  }
}
