import Autograd
import NNLayers
import TensorCore
import Testing

struct SeparableConv2dTests {
  /// 64 · 9 weights of the depthwise part and 128 · 64 + 128 of the pointwise one; a full layer has 128 · (64 · 9 + 1).
  @Test func parameters() throws {
    let layer = SeparableConv2d(64, 128, kernelSize: 3, padding: 1)
    #expect(layer.parameterCount == 64 * 9 + 128 * 64 + 128)
    #expect(layer.namedParameters.map(\.name) == ["depthwise.weight", "pointwise.weight", "pointwise.bias"])
    #expect(try layer.outputShape(for: [2, 64, 9, 7]) == [2, 128, 9, 7])
    #expect(try layer.predict(.zeros([2, 64, 9, 7])).shape == [2, 128, 9, 7])
    #expect(throws: InputError.self) { try layer.predict(.zeros([2, 3, 9, 7])) }
  }

  /// It is the full convolution whose weight is pointwise[k, c] · depthwise[c, r, s].
  @Test func isAConvolutionOfRankOne() throws {
    let layer = SeparableConv2d(3, 5, kernelSize: 3, stride: 2, padding: 1, bias: false)
    let full = Conv2d(3, 5, kernelSize: 3, stride: 2, padding: 1, bias: false)
    let (deep, point) = (layer.depthwise.weight.value.floats, layer.pointwise.weight.value.floats)
    full.weight.value = .float(point.reshaped([5, 3, 1, 1]) * deep.reshaped([1, 3, 3, 3]))
    var random = RandomStream(seed: 6)
    let x = Tensor<Float>.normal([2, 3, 8, 7], using: &random)
    let difference = try layer.predict(x) - full.predict(x)
    #expect(difference.abs().max().scalar < 1e-5)
  }

  /// A depthwise layer keeps channels apart: each output channel sees its own input channel only.
  @Test func depthwiseKeepsChannelsApart() throws {
    let depthwise = Conv2d.depthwise(64, kernelSize: 3, multiplier: 2, padding: 1)
    #expect(depthwise.weight.shape == [128, 1, 3, 3])
    var x = Tensor<Float>.zeros([1, 64, 5, 5])
    x.assign(.ones([1, 1, 5, 5]), axis: 1, range: 7..<8)
    let moved = try depthwise.predict(x) - depthwise.predict(.zeros(x.shape))
    let channels = moved.abs().sum(along: [0, 2, 3]).scalars
    #expect(channels.indices.filter { channels[$0] != 0 } == [14, 15])
  }
}
