import Autograd
import NNLayers
import TensorCore
import Testing

struct SpectralNormTests {
  private func diagonal() -> Linear {
    let linear = Linear(2, 2)
    linear.weight.value = .float([[3, 0], [0, 1]])
    linear.bias?.value = .float(Tensor([1, 2]))
    return linear
  }

  private func vector(_ buffer: Buffer) -> [Double] {
    guard case .tensor(let value) = buffer.value else { return [] }
    return value.doubles.scalars
  }

  @Test func namesArePyTorchs() {
    #expect(
      SpectralNorm(Conv2d(3, 4, kernelSize: 2)).namedState.map { "\($0.name) \($0.cell.shape)" } == [
        "bias [4]", "parametrizations.weight.original [4, 3, 2, 2]", "parametrizations.weight.0._u [4]",
        "parametrizations.weight.0._v [12]",
      ])
    #expect(vector(SpectralNorm(Conv2d(3, 4, kernelSize: 2), axis: 1).left).count == 3)
  }

  /// The singular values of diag(3, 1) are 3 and 1; 15 steps find the larger to (1/3)³⁰.
  @Test func dividesByTheLargestSingularValue() throws {
    let layer = seeded(2) { SpectralNorm(diagonal()) }
    let y = try layer.predict([[1, 1]]).scalars
    #expect(abs(y[0] - 2) < 1e-6 && abs(y[1] - (2 + 1.0 / 3)) < 1e-6)
    #expect(abs(abs(vector(layer.left)[0]) - 1) < 1e-6)
    let axis = seeded(2) { SpectralNorm(diagonal(), axis: 1) }
    #expect(abs(try axis.predict([[1, 1]]).scalars[0] - 2) < 1e-6)
  }

  /// From v = (0.6, 0.8): W v = (1.8, 0.8), u = (1.8, 0.8)/√3.88; Wᵀu ∝ (5.4, 0.8), v = (5.4, 0.8)/√29.8;
  /// σ = uᵀ W v = (1.8 · 3 · 5.4 + 0.8 · 0.8)/√(3.88 · 29.8) = 29.8/√(3.88 · 29.8) = √(29.8/3.88).
  @Test func aTrainingStepTakesOneStepOfThePowerMethod() {
    let layer = SpectralNorm(diagonal())
    layer.right.value = .tensor(.float(Tensor([0.6, 0.8])))
    let weight = layer.normalizedWeight(.training(seed: 1, precision: .double)).doubles.scalars
    #expect(abs(weight[0] - 3 / (29.8 / 3.88).squareRoot()) < 1e-6)
    let (u, v) = (3.88.squareRoot(), 29.8.squareRoot())
    let before = vector(layer.left) + vector(layer.right)
    #expect(isClose(before, to: [1.8 / u, 0.8 / u, 5.4 / v, 0.8 / v], within: 1e-6))
    _ = layer(Tensor<Float>.ones([1, 2]), .inference)
    _ = layer(Tensor<Float>.ones([1, 2]), Context(mode: .training, updatesBuffers: false))
    #expect(vector(layer.left) + vector(layer.right) == before)
  }

  /// σ = uᵀ W v with fixed u and v: dW = (c - (Σ c ∘ w) u vᵀ)/σ for the gradient c of w; here c = (1, 1), (1, 1), x = (1, 1).
  /// At u = v = (1, 0): σ = 3, w = diag(1, 1/3), Σ c ∘ w = 4/3: dW = (1 - 4/3, 1, 1, 1)/3.
  @Test func gradientByHand() {
    let layer = SpectralNorm(diagonal())
    layer.right.value = .tensor(.float(Tensor([1, 0])))
    let context = Context.training(seed: 1, precision: .double)
    let gradients = layer(Tensor<Float>.ones([1, 2]), context).sum().gradients()
    let got = gradients[layer.original]?.doubles.scalars ?? []
    let third: Double = 1 / 3
    #expect(isClose(got, to: [-third / 3, third, third, third], within: 1e-12))
  }

  /// After enough training steps no input grows: the largest singular value of the weight is 1, by Aᵀ A's power method in
  /// plain loops.
  @Test func nothingGrows() {
    let layer = seeded(5) { SpectralNorm(Linear(7, 5), powerSteps: 100) }
    let w = layer.normalizedWeight(.training(seed: 1, precision: .double)).doubles
    var v = [Double](repeating: 1, count: 7), length = 0.0
    for _ in 0..<500 {
      let u = (0..<5).map { row in (0..<7).reduce(0.0) { $0 + w.scalars[row * 7 + $1] * v[$1] } }
      v = (0..<7).map { column in (0..<5).reduce(0.0) { $0 + w.scalars[$1 * 7 + column] * u[$1] } }
      length = v.reduce(0.0) { $0 + $1 * $1 }.squareRoot()
      v = v.map { $0 / length }
    }
    #expect(abs(length - 1) < 1e-6)
  }
}
