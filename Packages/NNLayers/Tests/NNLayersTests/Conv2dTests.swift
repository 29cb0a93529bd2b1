import Autograd
import NNLayers
import TensorCore
import Testing

struct Conv2dTests {
  /// The lectures' 5×5 image under the 3×3 cross.
  @Test func handComputed() throws {
    let layer = Conv2d(1, 1, kernelSize: 3)
    layer.weight.value = .float(Tensor([1, 0, 1, 0, 1, 0, 1, 0, 1], shape: [1, 1, 3, 3]))
    layer.bias?.value = .float([0.5])
    let rows: [[Float]] = [[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0], [0, 1, 1, 0, 0]]
    let output = try layer.predict(Tensor(rows.flatMap { $0 }, shape: [1, 1, 5, 5]))
    #expect(output.shape == [1, 1, 3, 3])
    #expect(output.scalars == [4.5, 3.5, 4.5, 2.5, 4.5, 3.5, 2.5, 3.5, 4.5])
  }

  /// 32×32×3, ten 5×5 filters, padding 2: 32×32×10 and 760 parameters.
  @Test func exampleLayer() throws {
    let layer = Conv2d(3, 10, kernelSize: 5, padding: 2)
    #expect(layer.parameterCount == 760)
    #expect(try layer.outputShape(for: [1, 3, 32, 32]) == [1, 10, 32, 32])
    #expect(try layer.predict(.zeros([1, 3, 32, 32])).shape == [1, 10, 32, 32])
  }

  /// 1×28×28 under eight 5×5 filters; 3×32×32 under six, then ten.
  @Test func shapesOfFirstLayers() throws {
    let first = Conv2d(1, 8, kernelSize: 5)
    #expect(first.weight.shape == [8, 1, 5, 5])
    #expect(first.bias?.shape == [8])
    #expect(try first.predict(.zeros([1, 1, 28, 28])).shape == [1, 8, 24, 24])
    let two = Sequential(Conv2d(3, 6, kernelSize: 5), Conv2d(6, 10, kernelSize: 5))
    #expect(try two.predict(.zeros([1, 3, 32, 32])).shape == [1, 10, 24, 24])
  }

  @Test func predictedShapeIsThatOfTheOutput() throws {
    let layers = [
      Conv2d(4, 6, kernelSize: 3, stride: 2, padding: 1), Conv2d(4, 6, kernelSize: 3, padding: .same, dilation: 2),
      Conv2d(4, 8, kernelSize: PlaneSize(height: 1, width: 5), groups: 4, bias: false),
    ]
    for layer in layers {
      let x = Tensor<Float>.zeros([2, 4, 11, 9])
      #expect(try layer.predict(x).shape == layer.outputShape(for: x.shape))
    }
    #expect(layers[2].parameterCount == 8 * 5)
  }

  /// A row 1, 2, 3 under the kernel 1, 10, 100, with what each mode puts beside it: 0, the neighbour of the edge, the edge,
  /// the other end.
  @Test func paddingModes() throws {
    for (mode, wanted) in [
      (PaddingMode.zeros, [210, 321, 32] as [Float]), (.reflect, [212, 321, 232]), (.replicate, [211, 321, 332]),
      (.circular, [213, 321, 132]),
    ] {
      let size = PlaneSize(height: 1, width: 3)
      let layer = Conv2d(1, 1, kernelSize: size, padding: .same, paddingMode: mode, bias: false)
      layer.weight.value = .float(Tensor([1, 10, 100], shape: [1, 1, 1, 3]))
      let x = Tensor<Float>([1, 2, 3], shape: [1, 1, 1, 3])
      #expect(try layer.predict(x).scalars == wanted)
      #expect(try layer.outputShape(for: x.shape) == x.shape)
    }
    let mirrored = Conv2d(3, 8, kernelSize: 5, padding: 2, paddingMode: .reflect)
    #expect(try mirrored.predict(.zeros([1, 3, 3, 4])).shape == [1, 8, 3, 4])
    #expect(throws: InputError.self) { try mirrored.predict(.zeros([1, 3, 2, 4])) }
  }

  /// N = 7, F = 3: stride 3 leaves one element over, which is refused only where that is asked for.
  @Test func exactFit() throws {
    #expect(try Conv2d(1, 1, kernelSize: 3, stride: 3).outputShape(for: [1, 1, 7, 7]) == [1, 1, 2, 2])
    let strict = Conv2d(1, 1, kernelSize: 3, stride: 3, requiresExactFit: true)
    let expected = "[N, 1, H, W] that holds a kernel of 3×3 which ends at its edge in steps of 3×3"
    #expect(throws: InputError("Conv2d", expected: expected, got: [1, 1, 7, 7])) {
      try strict.predict(.zeros([1, 1, 7, 7]))
    }
    #expect(try strict.outputShape(for: [1, 1, 9, 6]) == [1, 1, 3, 2])
  }

  @Test func wrongInputThrows() {
    let layer = Conv2d(3, 4, kernelSize: 5)
    #expect(throws: InputError.self) { try layer.predict(.zeros([1, 1, 8, 8])) }
    #expect(throws: InputError.self) { try layer.predict(.zeros([1, 3, 4, 8])) }
    #expect(throws: InputError.self) { try layer.predict(.zeros([3, 8, 8])) }
  }

  @Test func messageNamesTheLayersPath() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let model = Sequential(Tanh(), Conv2d(3, 16, kernelSize: 5))
      _ = model.parameters
      _ = model(Tensor<Float>.zeros([8, 1, 32, 32]), .inference)
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("[1] weight [16, 3, 5, 5] needs 3 input channels, the input is [8, 1, 32, 32]"))
  }
}
