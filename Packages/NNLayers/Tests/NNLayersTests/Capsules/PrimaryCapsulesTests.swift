import Autograd
import NNLayers
import TensorCore
import Testing

struct PrimaryCapsulesTests {
  /// A 1×1 convolution makes of x four channels 3x, 4x, x, 0: capsules (3x, 4x) and (x, 0) of length 5|x| and |x|. On
  /// x = 1, 2 they come type by type, then along the positions: 5 / 26 (3, 4), 10 / 101 (6, 8), 1/2 (1, 0), 2/5 (2, 0).
  @Test func byHand() throws {
    let layer = PrimaryCapsules(1, types: 2, dimension: 2, kernelSize: 1)
    layer.convolution.weight.value = .double(Tensor([3, 4, 1, 0], shape: [4, 1, 1, 1]))
    layer.convolution.bias?.value = .double(.zeros([4]))
    let x = Variable(Tensor<Double>([1, 2], shape: [1, 1, 1, 2]))
    let y = layer(x, Context(mode: .inference, precision: .double))
    #expect(y.shape == [1, 4, 2])
    let expected: [Double] = [15 / 26.0, 20 / 26.0, 60 / 101.0, 80 / 101.0, 0.5, 0, 0.8, 0]
    expectClose(y, expected)
    expectClose(CapsuleLengths()(y, .inference), [25 / 26.0, 100 / 101.0, 0.5, 0.8])
  }

  /// The paper's: 20×20 maps to 6×6 positions of 32 types.
  @Test func namesAndShapes() throws {
    let layer = PrimaryCapsules(256, types: 32, dimension: 8, kernelSize: 9, stride: 2)
    #expect(layer.namedState.map(\.name) == ["conv.weight", "conv.bias"])
    #expect(layer.parameterCount == 5_308_672)
    #expect(try layer.outputShape(for: [2, 256, 20, 20]) == [2, 1152, 8])
    #expect(try CapsuleLengths().outputShape(for: [2, 10, 16]) == [2, 10])
  }

  @Test func gradientsAgree() {
    var random = RandomStream(seed: 2)
    let x = Tensor<Double>.normal([2, 2, 4, 4], using: &random)
    let layer = seeded(3) {
      Sequential(PrimaryCapsules(2, types: 2, dimension: 3, kernelSize: 3), CapsuleLengths())
    }
    #expect(gradientError(layer, at: x) < 1e-6)
  }

  @Test func wrongInputsStopOrThrow() async {
    #expect(throws: InputError.self) { try CapsuleLengths().predict(.zeros([2, 3])) }
    #expect(throws: InputError.self) {
      try PrimaryCapsules(2, types: 2, dimension: 3, kernelSize: 3).predict(.zeros([1, 3, 4, 4]))
    }
    await #expect(processExitsWith: .failure) { _ = PrimaryCapsules(2, types: 0, dimension: 3, kernelSize: 3) }
    await #expect(processExitsWith: .failure) { _ = CapsuleLengths()(Tensor<Float>.zeros([2, 3]), .inference) }
  }
}
