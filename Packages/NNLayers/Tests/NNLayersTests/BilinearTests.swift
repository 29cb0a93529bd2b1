import Autograd
import NNLayers
import TensorCore
import Testing

struct BilinearTests {
  /// u = (1, 2), v = (3, 4, 5): with W[0] = ((1, 0, 2), (0, 1, 0)): W v = (13, 4), u·W v = 21; and with
  /// W[1] = ((0, 0, 0), (1, 1, 1)): W v = (0, 12), u·W v = 24. Biases 10 and 20.
  @Test func handComputed() throws {
    let layer = Bilinear(2, 3, 2)
    layer.weight.value = .float([[[1, 0, 2], [0, 1, 0]], [[0, 0, 0], [1, 1, 1]]])
    layer.bias?.value = .float([10, 20])
    let (u, v) = (Variable(Tensor<Float>([1, 2], shape: [1, 2])), Variable(Tensor<Float>([3, 4, 5], shape: [1, 3])))
    #expect(layer(u, v, .inference).floats == [[31, 44]])
    #expect(try layer.predict([[1, 2, 3, 4, 5]]) == [[31, 44]])
  }

  /// Σ u[i] W[k, i, j] v[j] in Float64, with samples along two axes.
  @Test func equalsTheFormula() {
    let layer = seeded(3) { Bilinear(3, 4, 5, bias: false) }
    let weight = layer.weight.value.doubles.scalars
    var random = RandomStream(seed: 1)
    let u = Tensor<Double>.normal([2, 3, 3], using: &random), v = Tensor<Double>.normal([2, 3, 4], using: &random)
    let y = layer(Variable(u), Variable(v), Context(mode: .inference, precision: .double))
    #expect(y.shape == [2, 3, 5])
    var expected: [Double] = []
    for sample in 0..<6 {
      for k in 0..<5 {
        var sum = 0.0
        for i in 0..<3 {
          for j in 0..<4 {
            sum += u.scalars[sample * 3 + i] * weight[(k * 3 + i) * 4 + j] * v.scalars[sample * 4 + j]
          }
        }
        expected.append(sum)
      }
    }
    expectClose(y, expected)
  }

  @Test func namesShapesAndFirstValuesArePyTorchs() {
    let layer = seeded(1) { Bilinear(100, 4, 6) }
    #expect(layer.namedState.map(\.name) == ["weight", "bias"])
    #expect(layer.parameters.map(\.shape) == [[6, 100, 4], [6]])
    #expect(layer.weight.value.floats.scalars.allSatisfy { abs($0) <= 0.1 })
    #expect(layer.weight.value.floats.scalars.contains { abs($0) > 0.09 })
    #expect(Bilinear(2, 2, 2, bias: false).parameterCount == 8)
  }

  @Test func gradientsAgree() {
    var random = RandomStream(seed: 2)
    let x = Tensor<Double>.normal([3, 5], using: &random)
    #expect(gradientError(seeded(2) { Bilinear(2, 3, 4) }, at: x) < 1e-6)
  }

  @Test func wrongInputsStopOrThrow() async {
    let error = #expect(throws: InputError.self) { try Bilinear(2, 3, 4).predict([[1, 2]]) }
    #expect(error?.description == "Bilinear takes an input of […, 2 + 3], this one is [1, 2]")
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let x = Variable(Tensor<Float>.zeros([1, 2])), y = Variable(Tensor<Float>.zeros([2, 3]))
      _ = Bilinear(2, 3, 4)(x, y, .inference)
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("[Bilinear] weight [4, 2, 3] needs […, 2] and […, 3], not [1, 2] and [2, 3]"))
  }
}
