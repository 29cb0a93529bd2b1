import Autograd
import Optimizers
import TensorCore
import Testing

/// Minimises f(w) = ½ Σ s w², whose gradient is s w, with an optimiser and with the formula in plain Float64.
func trajectory(_ optimizer: (Parameter) -> any Optimizer, steps: Int) -> [[Double]] {
  let parameter = Parameter(.double(Tensor(start)))
  let optimizer = optimizer(parameter)
  return (0..<steps).map { _ in
    let tape = Tape()
    let w = tape.watch(parameter)
    let loss = (w * w * Variable(Tensor<Double>(steepness.map { 0.5 * $0 }))).sum()
    optimizer.update(loss.gradients())
    return parameter.value.doubles.scalars
  }
}

let start = [1.0, -2, 0.5]
let steepness = [1.0, 0.3, 4]

func expectEqual(_ a: [[Double]], _ b: [[Double]], _ tolerance: Double = 1e-12) {
  #expect(a.count == b.count)
  for (x, y) in zip(a.flatMap(\.self), b.flatMap(\.self)) { #expect(abs(x - y) <= tolerance * max(1, abs(y))) }
}

struct SGDTests {
  /// The formula of the documentation, element by element.
  private func formula(rate: Double, momentum: Double, nesterov: Bool, decay: Double, steps: Int) -> [[Double]] {
    var (w, v) = (start, [0.0, 0, 0])
    return (0..<steps).map { _ in
      for i in w.indices {
        let g = steepness[i] * w[i] + decay * w[i]
        v[i] = momentum * v[i] + g
        w[i] -= rate * (momentum == 0 ? g : nesterov ? g + momentum * v[i] : v[i])
      }
      return w
    }
  }

  @Test(arguments: [(0.0, false, 0.0), (0.9, false, 0.0), (0.9, true, 0.01), (0.0, false, 0.1)])
  func followsTheFormula(_ momentum: Double, _ nesterov: Bool, _ decay: Double) {
    let got = trajectory(
      { SGD([$0], learningRate: 0.1, momentum: momentum, nesterov: nesterov, weightDecay: decay) }, steps: 20)
    expectEqual(got, formula(rate: 0.1, momentum: momentum, nesterov: nesterov, decay: decay, steps: 20))
  }

  /// The lectures' two forms, v ← ρv + g, w ← w - αv and v ← ρv - αg, w ← w + v, give one sequence.
  @Test func bothFormsOfMomentumAreTheSame() {
    var (w, v) = (start, [0.0, 0, 0])
    let second = (0..<20).map { _ in
      for i in w.indices {
        v[i] = 0.9 * v[i] - 0.1 * steepness[i] * w[i]
        w[i] += v[i]
      }
      return w
    }
    expectEqual(trajectory({ SGD([$0], learningRate: 0.1, momentum: 0.9) }, steps: 20), second)
  }

  @Test func stateRestoresToTheBit() {
    func optimizer(_ parameter: Parameter) -> SGD { SGD([parameter], learningRate: 0.1, momentum: 0.9) }
    expectExactResume(optimizer)
  }

  @Test func updatingDuringTheWalkIsTheSame() {
    let (a, b) = (Parameter(.double(Tensor(start))), Parameter(.double(Tensor(start))))
    let (first, second) = (SGD([a], learningRate: 0.1, momentum: 0.9), SGD([b], learningRate: 0.1, momentum: 0.9))
    for _ in 0..<5 {
      let (x, y) = (Tape().watch(a), Tape().watch(b))
      first.update((x * x).sum().gradients())
      second.step((y * y).sum())
    }
    #expect(a.value.doubles == b.value.doubles)
  }

  @Test func foreignParametersAreLeftAlone() {
    let (mine, other) = (Parameter(Tensor<Float>([1])), Parameter(Tensor<Float>([1])))
    let optimizer = SGD([mine], learningRate: 0.5)
    let tape = Tape()
    optimizer.update((tape.watch(mine) * tape.watch(other)).sum().gradients())
    #expect(mine.value.floats.scalars == [0.5])
    #expect(other.value.floats.scalars == [1])
  }

  @Test func nesterovWithoutMomentumStops() async {
    await #expect(processExitsWith: .failure) {
      _ = SGD([], learningRate: 0.1, nesterov: true)
    }
  }
}

/// Six steps in one go against three, a new optimiser with the saved state, and three more.
func expectExactResume(_ make: (Parameter) -> any Optimizer) {
  func run(_ parameter: Parameter, _ optimizer: any Optimizer, _ steps: Int) {
    for _ in 0..<steps {
      let w = Tape().watch(parameter)
      optimizer.update((w * w * w).sum().gradients())
    }
  }
  let whole = Parameter(Tensor<Float>([1, 2, 3]))
  run(whole, make(whole), 6)
  let parts = Parameter(Tensor<Float>([1, 2, 3]))
  let first = make(parts)
  run(parts, first, 3)
  let second = make(parts)
  second.state = first.state
  run(parts, second, 3)
  #expect(whole.value.floats == parts.value.floats)
  #expect(second.state.stepCount == 6)
}
