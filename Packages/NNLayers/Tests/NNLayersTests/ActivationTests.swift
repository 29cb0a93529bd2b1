import Autograd
import NNLayers
import TensorCore
import Testing

struct ActivationTests {
  @Test func layersCalculateWhatTheyAreCalled() throws {
    let x = Tensor<Float>([-4, -0.5, 0, 1, 7], shape: [1, 5])
    func y(_ layer: some Layer) throws -> [Float] { try layer.predict(x).scalars }
    #expect(try y(Identity()) == x.scalars)
    #expect(try y(Threshold(0.5, value: 9)) == [9, 9, 9, 1, 7])
    #expect(try y(Activated(.step)) == [0, 0, 1, 1, 1])
    #expect(try y(HardTanh()) == [-1, -0.5, 0, 1, 1])
    #expect(try y(ReLU6()) == [0, 0, 0, 1, 6])
    #expect(try y(HardShrink()) == [-4, 0, 0, 1, 7])
    #expect(try y(SoftShrink()) == [-3.5, 0, 0, 0.5, 6.5])
    #expect(try y(LeakyReLU(slope: 0.5)) == [-2, -0.25, 0, 1, 7])
    #expect(try y(PReLU(5, initialSlope: 0.5)) == [-2, -0.25, 0, 1, 7])
    // x/6 + 1/2 and x/(1 + |x|), to the last bit but one.
    for (got, expected) in zip(try y(HardSigmoid()), [0, 2.5 / 6, 0.5, 4.0 / 6, 1]) {
      #expect(abs(Double(got) - expected) < 1e-7)
    }
    for (got, expected) in zip(try y(TanhShrink()), [-3.0006707, -0.0378828, 0, 0.2384058, 6.0000017]) {
      #expect(abs(Double(got) - expected) < 1e-6)
    }
    for (got, expected) in zip(try y(Softsign()), [-0.8, -1.0 / 3, 0, 0.5, 0.875]) {
      #expect(abs(Double(got) - expected) < 1e-7)
    }
    let smooth: [(any Layer, Activation)] = [
      (LogSigmoid(), .logSigmoid), (ScaledTanh(), .scaledTanh(amplitude: 1.7159, slope: 2.0 / 3)),
      (ELU(alpha: 2), .elu(alpha: 2)), (SELU(), .selu), (CELU(alpha: 2), .celu(alpha: 2)), (GELU(), .gelu),
      (GELU(approximate: true), .geluTanh), (SiLU(), .silu), (HardSwish(), .hardSwish), (Mish(), .mish),
      (Softplus(beta: 2), .softplus(beta: 2)),
    ]
    for (layer, activation) in smooth { #expect(try layer.predict(x) == x.activated(activation)) }
  }

  @Test func severalElementsTogether() async throws {
    #expect(try Maxout(pieces: 2).predict([[1, 5, -2, -3]]) == [[5, -2]])
    // 3 σ(0), 4 σ(0)
    #expect(try GLU().predict([[3, 4, 0, 0]]) == [[1.5, 2]])
    #expect(try Softmax().predict([[2, 2]]) == [[0.5, 0.5]])
    #expect(try LogSoftmax(axis: 0).predict([[2, 2]]) == [[0, 0]])
    #expect(throws: InputError.self) { try Maxout(pieces: 3).predict([[1, 2]]) }
    #expect(throws: InputError.self) { try PReLU(3).predict([[1, 2]]) }
    #expect(throws: InputError.self) { try GLU().predict([[1, 2, 3]]) }
    await #expect(processExitsWith: .failure) { _ = HardShrink(-1) }
    await #expect(processExitsWith: .failure) { _ = SoftShrink(.nan) }
    #expect(throws: InputError.self) { try Softmax(axis: 2).predict([[1, 2]]) }
    #expect(try GLU(axis: 1).outputShape(for: [2, 6, 3]) == [2, 3, 3])
    #expect(try Maxout(pieces: 3).outputShape(for: [2, 6, 5]) == [2, 2, 5])
  }

  /// The lectures' maxout: two linear functions x and -x make |x|.
  @Test func lectureMaxoutOfTwoLinesIsTheirUpperEnvelope() throws {
    let lines = Linear(1, 2, bias: false)
    lines.weight.value = .float([[1], [-1]])
    #expect(try Sequential(lines, Maxout(pieces: 2)).predict([[-3], [0], [5]]) == [[3], [0], [5]])
  }

  @Test func preluTrainsItsSlope() {
    let layer = PReLU()
    let context = Context.training(seed: 1)
    let loss = layer(Tensor<Float>([-2, 3, -1]), context).sum()
    #expect(loss.gradients()[layer.weight]?.floats.scalars == [-3])
    #expect(layer.namedState.map(\.name) == ["weight"])
  }

  /// The lectures' relu(w·x + b): with w = (2, -3), x = (-1, -2), b = -3 the sum is 1; dw = x, dx = w, db = 1.
  @Test func lectureReluOfAWeightedSum() {
    let tape = Tape()
    let w = tape.watch(Tensor<Double>([2, -3])), x = tape.watch(Tensor<Double>([-1, -2])),
      b = tape.watch(Tensor<Double>(-3))
    let y = ((w * x).sum() + b).relu()
    #expect(y.item == 1)
    let gradients = y.gradients()
    #expect(gradients[w]?.doubles.scalars == [-1, -2])
    #expect(gradients[x]?.doubles.scalars == [2, -3])
    #expect(gradients[b]?.doubles.scalars == [1])
  }

  /// Two paths from x to y = x² · 3x add up: dy/dx = 2x · 3x + x² · 3 = 9x², 36 at 2.
  @Test func lectureTwoPathsAddUp() {
    let tape = Tape()
    let x = tape.watch(Tensor<Double>(2))
    #expect((x.squared() * (x * 3)).gradients()[x]?.doubles.scalars == [36])
  }

  /// A weight that two layers share: y = w (w x), dy/dw = 2 w x.
  @Test func lectureSharedWeightsAddUp() {
    let layer = Linear(1, 1, bias: false)
    layer.weight.value = .float([[3]])
    let loss = Sequential(layer, layer)(Tensor<Float>([5], shape: [1, 1]), .training(seed: 1)).sum()
    #expect(loss.gradients()[layer.weight]?.floats.scalars == [30])
  }
}
