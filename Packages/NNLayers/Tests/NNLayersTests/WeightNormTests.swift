import Autograd
import NNLayers
import TensorCore
import Testing

struct WeightNormTests {
  /// Rows (3, 4) and (6, 8), of lengths 5 and 10.
  private func layer() -> WeightNorm<Linear> {
    let linear = Linear(2, 2)
    linear.weight.value = .float([[3, 4], [6, 8]])
    linear.bias?.value = .float(Tensor([1, 2]))
    return WeightNorm(linear)
  }

  @Test func changesNothingAtFirst() throws {
    let (plain, wrapped) = seeded(1) { (Conv2d(3, 4, kernelSize: 3), WeightNorm(Conv2d(3, 4, kernelSize: 3))) }
    for (copy, original) in zip([wrapped.base.weight, wrapped.base.bias], [plain.weight, plain.bias]) {
      if let copy, let original { copy.value = original.value }
    }
    let fresh = WeightNorm(wrapped.base)
    let x = Tensor<Float>((0..<75).map { Float($0 % 7) - 3 }, shape: [1, 3, 5, 5])
    for (got, expected) in zip(try fresh.predict(x).scalars, try plain.predict(x).scalars) {
      #expect(abs(got - expected) < 1e-5)
    }
    #expect(fresh.length.shape == [4, 1, 1, 1])
    #expect(try fresh.outputShape(for: [1, 3, 5, 5]) == [1, 4, 3, 3])
  }

  @Test func namesArePyTorchs() {
    #expect(
      layer().namedState.map { "\($0.name) \($0.cell.shape)" } == [
        "bias [2]", "parametrizations.weight.original0 [2, 1]", "parametrizations.weight.original1 [2, 2]",
      ])
    #expect(WeightNorm(Linear(2, 2), axis: nil).length.shape == [])
    #expect(WeightNorm(Linear(2, 3), axis: 1).length.shape == [1, 2])
  }

  /// With lengths 10 and 5 the weight is (6, 8), (3, 4).
  @Test func lengthAndDirectionByHand() throws {
    let layer = layer()
    layer.length.value = .float([[10], [5]])
    let y = try layer.predict([[1, 2]]).scalars
    #expect(abs(y[0] - 23) < 1e-5 && abs(y[1] - 13) < 1e-5)
    let whole = WeightNorm(layer.base, axis: nil)
    // ‖v‖² = 25 + 100; a length of 2 √125 doubles the weight.
    whole.length.value = .float(Tensor(2 * Float(125).squareRoot()))
    #expect(abs(try whole.predict([[1, 0]]).scalars[0] - 7) < 1e-5)
  }

  /// With v̂ = v/‖v‖ and the gradient c of a row of w: dg = c·v̂, dv = g/‖v‖ (c - (c·v̂) v̂). Here c = x = (1, 2), v̂ = (0.6, 0.8)
  /// for both rows, so c·v̂ = 2.2 and c - 2.2 v̂ = (-0.32, 0.24), times 10/5 and 5/10.
  @Test func gradientsByHand() {
    let layer = layer()
    layer.length.value = .float([[10], [5]])
    let context = Context.training(seed: 1, precision: .double)
    let gradients = layer(Tensor<Float>([1, 2], shape: [1, 2]), context).sum().gradients()
    let length = gradients[layer.length]?.doubles.scalars ?? []
    let direction = gradients[layer.direction]?.doubles.scalars ?? []
    #expect(isClose(length, to: [2.2, 2.2], within: 1e-12))
    #expect(isClose(direction, to: [-0.64, 0.48, -0.16, 0.12], within: 1e-12))
    #expect(gradients[layer.base.bias!]?.doubles.scalars == [1, 1])
  }

  @Test func copiesHaveTheirOwnState() throws {
    let layer = layer()
    let copy = layer.copied()
    for (name, parameter) in copy.namedParameters where name.hasSuffix("original0") {
      parameter.value = .float([[0], [0]])
    }
    #expect(try copy.predict([[1, 2]]) == [[1, 2]])
    #expect(try layer.predict([[1, 2]]) == [[12, 24]])
  }

  @Test func replacedParametersOnlyCountWithin() {
    let linear = Linear(1, 1, bias: false)
    linear.weight.value = .float([[3]])
    let context = Context.inference
    let x = Tensor<Float>([2], shape: [1, 1])
    let doubled = context[linear.weight] * 2
    #expect(context.replacing(linear.weight, with: doubled) { linear(x, context).floats.scalars } == [12])
    #expect(linear(x, context).floats.scalars == [6])
  }

  @Test func layersWithoutAWeightStop() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = WeightNorm(ReLU())
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("[WeightNorm] ReLU has no parameter 'weight' of rank 2 or more"))
  }
}
