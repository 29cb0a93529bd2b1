import Autograd
import NNLayers
import TensorCore
import Testing

struct LinearTests {
  /// y = x Wᵀ + b by hand: (1, 2)·(3, 4) + 10 = 21, (1, 2)·(5, 6) + 20 = 37.
  @Test func handComputed() throws {
    let layer = Linear(2, 2)
    layer.weight.value = .float([[3, 4], [5, 6]])
    layer.bias?.value = .float([10, 20])
    #expect(try layer.predict([[1, 2]]) == [[21, 37]])
  }

  @Test func withoutBias() {
    let layer = Linear(2, 3, bias: false)
    #expect(layer.bias == nil)
    #expect(layer.parameterCount == 6)
  }

  @Test func defaultWeightsLieWithinTheBound() {
    let layer = seeded(1) { Linear(400, 120) }
    let bound = Float(1) / 20
    for parameter in layer.parameters {
      let scalars = parameter.value.floats.scalars
      #expect(scalars.allSatisfy { abs($0) <= bound })
      #expect(scalars.contains { abs($0) > 0.9 * bound })
    }
  }

  @Test func wrongInputThrowsBeforehand() {
    let model = Sequential(Linear(3, 4), Tanh(), Linear(4, 2))
    _ = model.namedState
    let error = #expect(throws: InputError.self) { try model.predict(Tensor<Float>.zeros([2, 5])) }
    #expect(error?.description == "layer 0 takes an input of […, 3], this one is [2, 5]")
  }

  @Test func wrongInputStopsInsideTheMaths() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Linear(3, 4)(Tensor<Float>.zeros([2, 5]), .inference)
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("[Linear] weight [4, 3] needs 3 features, the input is [2, 5]"))
  }
}
