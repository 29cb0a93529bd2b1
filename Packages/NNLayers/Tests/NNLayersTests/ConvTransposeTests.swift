import Autograd
import NNLayers
import TensorCore
import Testing

struct ConvTransposeTests {
  /// Each pixel spreads the kernel, here without overlap: 1, 2, 3, 4 times [[1, 2], [3, 4]].
  @Test func handComputed() throws {
    let layer = ConvTranspose2d(1, 1, kernelSize: 2, stride: 2)
    layer.weight.value = .float(Tensor([1, 2, 3, 4], shape: [1, 1, 2, 2]))
    layer.bias?.value = .float([0])
    let output = try layer.predict(Tensor([1, 2, 3, 4], shape: [1, 1, 2, 2]))
    #expect(output.reshaped([4, 4]) == [[1, 2, 2, 4], [3, 4, 6, 8], [3, 6, 4, 8], [9, 12, 12, 16]])
  }

  /// 1, 2, 3 times [1, 10, 100], two apart: 1, 10, 100 + 2, 20, 200 + 3, 30, 300. Padding takes ends off, output padding
  /// puts one back.
  @Test func lineByHand() throws {
    let line = Tensor<Float>([1, 2, 3], shape: [1, 1, 3])
    for (padding, extra, wanted) in [
      (LinePadding.valid, 0, [1, 10, 102, 20, 203, 30, 300] as [Float]), (1, 0, [10, 102, 20, 203, 30]),
      (1, 1, [10, 102, 20, 203, 30, 300]), (.sides(before: 0, after: 2), 0, [1, 10, 102, 20, 203]),
    ] {
      let layer = ConvTranspose1d(1, 1, kernelSize: 3, stride: 2, padding: padding, outputPadding: extra)
      layer.weight.value = .float(Tensor([1, 10, 100], shape: [1, 1, 3]))
      layer.bias?.value = .float([0])
      #expect(try layer.predict(line).scalars == wanted)
    }
  }

  /// What it computes is the gradient of the input of the convolution with the same weight.
  @Test func isTheGradientOfAConvolution() {
    let convolution = Conv2d(3, 4, kernelSize: 3, stride: 2, padding: 1, bias: false)
    let transposed = ConvTranspose2d(4, 3, kernelSize: 3, stride: 2, padding: 1, outputPadding: 1, bias: false)
    transposed.weight.value = convolution.weight.value
    var random = RandomStream(seed: 8)
    let image = Tensor<Float>.normal([2, 3, 8, 6], using: &random)
    let gradient = Tensor<Float>.normal([2, 4, 4, 3], using: &random)
    let context = Context.training(seed: 1)
    let x = Tape.watching(image, context)
    let y = convolution(x, context)
    let expected = (y * Variable(gradient)).sum().gradients()[x]
    #expect(transposed(gradient, .inference).floats == expected?.floats)
  }

  @Test func predictedShapeIsThatOfTheOutput() throws {
    let layers = [
      ConvTranspose2d(64, 32, kernelSize: 2, stride: 2),
      ConvTranspose2d(64, 32, kernelSize: 3, stride: 2, padding: 1, outputPadding: 1),
      ConvTranspose2d(64, 32, kernelSize: 3, dilation: 2, groups: 4, bias: false),
    ]
    for layer in layers {
      let x = Tensor<Float>.zeros([2, 64, 4, 5])
      #expect(try layer.predict(x).shape == layer.outputShape(for: x.shape))
    }
    #expect(try layers[1].outputShape(for: [2, 64, 4, 5]) == [2, 32, 8, 10])
    #expect(layers[2].weight.shape == [64, 8, 3, 3])
    let doubled = ConvTranspose1d(64, 32, kernelSize: 4, stride: 2, padding: 1)
    #expect(try doubled.outputShape(for: [3, 64, 10]) == [3, 32, 20])
    #expect(doubled.parameterCount == 64 * 32 * 4 + 32)
  }

  @Test func wrongInputThrows() {
    let layer = ConvTranspose2d(3, 4, kernelSize: 3, padding: 2)
    #expect(throws: InputError.self) { try layer.predict(.zeros([1, 1, 8, 8])) }
    #expect(throws: InputError.self) { try layer.predict(.zeros([1, 3, 1, 8])) }
    #expect(throws: InputError.self) { try ConvTranspose1d(3, 4, kernelSize: 3).predict(.zeros([1, 3, 1, 8])) }
  }

  @Test func impossibleLayersStop() async {
    let same = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = ConvTranspose2d(1, 1, kernelSize: 3, padding: .same)
    }
    #expect(said(same).contains("[ConvTranspose2d] needs its padding in numbers, not `same`"))
    let extra = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = ConvTranspose1d(1, 1, kernelSize: 3, stride: 2, outputPadding: 2)
    }
    #expect(said(extra).contains("[ConvTranspose1d] the output padding 0×2 must be smaller than the stride of 1×2"))
  }

  private func said(_ result: ExitTest.Result?) -> String {
    String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  }
}

extension Tape {
  fileprivate static func watching(_ tensor: Tensor<Float>, _ context: Context) -> Variable {
    context.tape?.watch(tensor) ?? Variable(tensor)
  }
}
