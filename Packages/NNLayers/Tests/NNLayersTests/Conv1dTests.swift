import Autograd
import NNLayers
import TensorCore
import Testing

struct Conv1dTests {
  private let line = Tensor<Float>([1, 2, 3, 4], shape: [1, 1, 4])

  private func layer(padding: LinePadding = 0, paddingMode: PaddingMode = .zeros, stride: Int = 1) -> Conv1d {
    let layer = Conv1d(1, 1, kernelSize: 3, stride: stride, padding: padding, paddingMode: paddingMode)
    layer.weight.value = .float(Tensor([1, 10, 100], shape: [1, 1, 3]))
    layer.bias?.value = .float([0.5])
    return layer
  }

  /// 1·1 + 2·10 + 3·100 = 321; what stands beyond the ends shows in the first and the last number.
  @Test func handComputed() throws {
    #expect(try layer().predict(line).scalars == [321.5, 432.5])
    #expect(try layer(padding: 1).predict(line).scalars == [210.5, 321.5, 432.5, 43.5])
    #expect(try layer(padding: 1, paddingMode: .reflect).predict(line).scalars == [212.5, 321.5, 432.5, 343.5])
    #expect(try layer(padding: 1, paddingMode: .replicate).predict(line).scalars == [211.5, 321.5, 432.5, 443.5])
    #expect(try layer(padding: 1, paddingMode: .circular).predict(line).scalars == [214.5, 321.5, 432.5, 143.5])
    #expect(try layer(padding: .same, stride: 2).predict(line).scalars == [321.5, 43.5])
  }

  /// Padded in front only, an output depends on no later input.
  @Test func causal() throws {
    let causal = Conv1d(16, 32, kernelSize: 3, padding: .sides(before: 2, after: 0))
    var random = RandomStream(seed: 2)
    let x = Tensor<Float>.normal([2, 16, 9], using: &random)
    var changed = x
    changed.assign(.zeros([2, 16, 3]), axis: 2, range: 6..<9)
    let (a, b) = (try causal.predict(x), try causal.predict(changed))
    #expect(a.shape == [2, 32, 9])
    #expect(a.slice(axis: 2, range: 0..<6) == b.slice(axis: 2, range: 0..<6))
    #expect(a.slice(axis: 2, range: 6..<7) != b.slice(axis: 2, range: 6..<7))
  }

  @Test func predictedShapeIsThatOfTheOutput() throws {
    let layers = [
      Conv1d(4, 6, kernelSize: 3, stride: 2, padding: 1), Conv1d(4, 6, kernelSize: 4, padding: .same, dilation: 2),
      Conv1d(4, 8, kernelSize: 5, padding: 2, paddingMode: .reflect, groups: 4, bias: false),
    ]
    for layer in layers {
      let x = Tensor<Float>.zeros([2, 4, 11])
      #expect(try layer.predict(x).shape == layer.outputShape(for: x.shape))
    }
    #expect(layers[2].parameterCount == 8 * 5)
    #expect(layers[0].namedParameters.map(\.name) == ["weight", "bias"])
    #expect(layers[0].weight.shape == [6, 4, 3])
  }

  @Test func wrongInputThrows() {
    #expect(throws: InputError.self) { try layer().predict(.zeros([1, 2, 8])) }
    #expect(throws: InputError.self) { try layer().predict(.zeros([1, 1, 2])) }
    #expect(throws: InputError.self) { try layer().predict(.zeros([1, 1, 1, 8])) }
    #expect(throws: InputError.self) { try layer(padding: 4, paddingMode: .reflect).predict(line) }
  }

  @Test func wrongChannelsStop() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Conv1d(3, 16, kernelSize: 5)(Tensor<Float>.zeros([8, 1, 32]), .inference)
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("[Conv1d] weight [16, 3, 5] needs 3 input channels, the input is [8, 1, 32]"))
  }
}
