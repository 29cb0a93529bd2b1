import Autograd
import Optimizers
import TensorCore
import Testing

/// What is particular to the rules with rates of their own.
@Suite struct ScaledRulesTests {
  private func run(_ optimizer: any Optimizer, _ parameter: Parameter, _ gradients: [[Double]]) -> [Double] {
    for gradient in gradients {
      optimizer.beginStep()
      optimizer.update(parameter, gradient: .double(Tensor(gradient)))
    }
    return parameter.value.doubles.scalars
  }

  /// With equal gradients the steps are α, α/√2, α/√3, whatever the gradients' size.
  @Test func adaGradsStepsShrink() {
    let parameter = Parameter(.double([0.0, 0]))
    let result = run(
      AdaGrad([parameter], learningRate: 1), parameter, Array(repeating: [3.0, 0.01], count: 3))
    let expected = -(1 + 1 / 2.0.squareRoot() + 1 / 3.0.squareRoot())
    for value in result { #expect(abs(value - expected) < 1e-6) }
  }

  /// By hand: sizes 0.1, 0.12, then a turn: 0.06 and no step; then no sign before: 0.06 again.
  @Test func rpropByHand() {
    let parameter = Parameter(.double([1.0]))
    let result = run(Rprop([parameter], learningRate: 0.1), parameter, [[2.0], [0.1], [-7], [-7]])
    #expect(abs(result[0] - (1 - 0.1 - 0.12 + 0.06)) < 1e-12)
  }

  /// Signs count, sizes do not: even where the product of two gradients is below the smallest number.
  @Test func rpropSeesSignsOfTinyGradients() {
    let parameter = Parameter(Tensor<Float>([1]))
    let optimizer = Rprop([parameter], learningRate: 0.1)
    for _ in 0..<2 {
      optimizer.beginStep()
      optimizer.update(parameter, gradient: .float([1e-30]))
    }
    #expect(abs(parameter.value.floats.scalars[0] - (1 - 0.1 - 0.12)) < 1e-6)
  }

  /// ‖w‖ = 5, ‖g‖ = 10 and λ = 0.1: r = 0.01 · 5 / (10 + 0.5), each with g + λ w = 6.3 and 8.4.
  @Test func larsByHand() {
    let matrix = Parameter(.double([[3.0, 4]]))
    let optimizer = LARS([matrix], learningRate: 2, momentum: 0.5, trust: 0.01, weightDecay: 0.1)
    optimizer.beginStep()
    optimizer.update(matrix, gradient: .double([[6.0, 8]]))
    let ratio = 0.01 * 5 / 10.5
    let expected = [3 - 2 * ratio * 6.3, 4 - 2 * ratio * 8.4]
    for (got, value) in zip(matrix.value.doubles.scalars, expected) { #expect(abs(got - value) < 1e-12) }
  }

  /// Twenty steps with momentum, the norms taken anew at each.
  @Test func larsFollowsItsFormula() {
    let start = startValues(12)
    for (precision, tolerance) in [(Precision.double, 1e-12), (.float, 1e-5)] {
      let parameter = Parameter(TensorValue.double(Tensor(start, shape: [3, 4])).converted(to: precision))
      descend(
        [parameter], with: LARS([parameter], learningRate: 5, trust: 0.02, weightDecay: 0.01), steps: 20)
      var w = start, v = [Double](repeating: 0, count: 12)
      for step in 0..<20 {
        let g = w.enumerated().map { slope($0.element, $0.offset, step) }
        let size = w.reduce(0) { $0 + $1 * $1 }.squareRoot(), steep = g.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let ratio = 0.02 * size / (steep + 0.01 * size)
        for i in w.indices {
          v[i] = 0.9 * v[i] + 5 * ratio * (g[i] + 0.01 * w[i])
          w[i] -= v[i]
        }
      }
      for (got, value) in zip(parameter.value.doubles.scalars, w) { #expect(abs(got - value) < tolerance) }
    }
  }

  /// Vectors, and layers or gradients of zeros, have the plain rate.
  @Test func larsLeavesVectorsAndZerosAlone() {
    let (bias, zeros) = (Parameter(.double([3.0, 4])), Parameter(.double([[0.0, 0]])))
    let optimizer = LARS([bias, zeros], learningRate: 0.5, momentum: 0)
    optimizer.beginStep()
    optimizer.update(bias, gradient: .double([1.0, 1]))
    optimizer.update(zeros, gradient: .double([[1.0, 1]]))
    #expect(bias.value.doubles.scalars == [2.5, 3.5])
    #expect(zeros.value.doubles.scalars == [-0.5, -0.5])
    let adapting = LARS([bias], learningRate: 0.5, momentum: 0, trust: 0.1, adaptsVectors: true)
    bias.value = .double([3.0, 4])
    adapting.beginStep()
    adapting.update(bias, gradient: .double([0.0, 10]))
    #expect(abs(bias.value.doubles.scalars[1] - (4 - 0.5 * 0.1 * 5 / 10 * 10)) < 1e-12)
  }

  /// Squares of 1e30 overflow in Float; the norms must not.
  @Test func larsOfHugeFloats() {
    let parameter = Parameter(Tensor<Float>([1e30, 0], shape: [1, 2]))
    let optimizer = LARS([parameter], learningRate: 1, momentum: 0, trust: 0.5)
    optimizer.beginStep()
    optimizer.update(parameter, gradient: .float(Tensor([1e30, 0], shape: [1, 2])))
    #expect(abs(parameter.value.floats.scalars[0] / 1e30 - 0.5) < 1e-5)
  }

  @Test func wrongNumbersStop() async {
    let rprop = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Rprop([Parameter](), grow: 0.9)
    }
    #expect(rprop.says("[Rprop] needs a shrink factor between 0 and 1 and a grow factor above 1, not 0.5 and 0.9"))
    await #expect(processExitsWith: .failure) { _ = AdaGrad([Parameter](), learningRateDecay: -0.1) }
    await #expect(processExitsWith: .failure) { _ = AdaGrad([Parameter](), initialAccumulator: -1) }
    await #expect(processExitsWith: .failure) { _ = RMSProp([Parameter](), rho: 1) }
    await #expect(processExitsWith: .failure) { _ = AdaDelta([Parameter](), epsilon: 0) }
    await #expect(processExitsWith: .failure) { _ = Lion([Parameter](), beta2: 1) }
    await #expect(processExitsWith: .failure) { _ = LARS([Parameter](), learningRate: 1, trust: 0) }
  }
}
