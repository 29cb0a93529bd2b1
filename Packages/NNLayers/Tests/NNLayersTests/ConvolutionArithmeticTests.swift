import Autograd
import NNLayers
import TensorCore
import Testing

/// What lectures say about convolution layers, row by row.
struct ConvolutionArithmeticTests {
  private func normal(_ shape: Shape, seed: UInt64 = 3) -> Tensor<Float> {
    var random = RandomStream(seed: seed)
    return .normal(shape, using: &random)
  }

  @Test("Output size (N - F + 2P)/S + 1, and the same padding (F - 1)/2")
  func outputSizes() throws {
    for (stride, wanted) in [(1, 5), (2, 3), (3, 2)] {
      #expect(try Conv2d(1, 1, kernelSize: 3, stride: PlaneSize(stride)).outputShape(for: [1, 1, 7, 7])?[2] == wanted)
    }
    for (size, padding) in [(3, 1), (5, 2), (7, 3)] {
      let byNumber = Conv2d(1, 1, kernelSize: PlaneSize(size), padding: .symmetric(PlaneSize(padding)), bias: false)
      let same = Conv2d(1, 1, kernelSize: PlaneSize(size), padding: .same, bias: false)
      same.weight.value = byNumber.weight.value
      let x = normal([1, 1, 9, 8])
      #expect(try byNumber.predict(x) == same.predict(x))
      #expect(try same.outputShape(for: x.shape) == x.shape)
    }
  }

  @Test("Fully connected cost: 200×200×3 into 1,000 units are 120 million weights")
  func costOfFullConnection() {
    // A hundredth of the units, whose weights would take half a gigabyte.
    let layer = withoutInitialWeights { Linear(200 * 200 * 3, 10, bias: false) }
    #expect(layer.parameterCount * 100 == 120_000_000)
  }

  @Test("1×1 convolution: a linear map of the channels at each pixel")
  func pointwise() throws {
    let layer = Conv2d(5, 3, kernelSize: 1)
    let map = Linear(5, 3)
    map.weight.value = .float(layer.weight.value.floats.reshaped([3, 5]))
    map.bias?.value = try #require(layer.bias).value
    let x = normal([2, 5, 4, 6])
    let pixels = try map.predict(x.permuted([0, 2, 3, 1]))
    let difference = try layer.predict(x) - pixels.permuted([0, 3, 1, 2])
    #expect(difference.abs().max().scalar < 1e-6)
  }

  @Test("Stack of 3×3: the receptive field of one 7×7 with 27C² instead of 49C² weights")
  func stackOfSmallKernels() {
    let channels = 4
    let stack = Sequential((0..<3).map { _ in Conv2d(channels, channels, kernelSize: 3, bias: false) as any Layer })
    let single = Conv2d(channels, channels, kernelSize: 7, bias: false)
    #expect(stack.parameterCount == 27 * channels * channels)
    #expect(single.parameterCount == 49 * channels * channels)
    #expect(receptiveField(stack) == 7)
    #expect(receptiveField(single) == 7)
  }

  @Test("Receptive field: 1 + L (K - 1) at stride 1; strides, dilation and pooling multiply the later steps")
  func receptiveFields() {
    for count in 1...4 {
      #expect(
        receptiveField(Sequential((0..<count).map { _ in Conv2d(4, 4, kernelSize: 5) as any Layer })) == 1 + count * 4)
    }
    // Behind a stride of 2 a step is 2 columns wide, behind pooling by 2 as well it is 4.
    let mixed = Sequential(
      Conv2d(4, 4, kernelSize: 3, stride: 2), Conv2d(4, 4, kernelSize: 3), AveragePool2d(2),
      Conv2d(4, 4, kernelSize: 3, dilation: 2))
    #expect(receptiveField(mixed) == 1 + 2 + 2 * 2 + 1 * 2 + 2 * 2 * 4)
  }

  /// What the summary says agrees with what the gradients show.
  @Test func summaryKnowsTheFields() throws {
    let layers: [any Layer] = [
      ConvTranspose2d(4, 4, kernelSize: 5, padding: 2), ConvTranspose2d(4, 4, kernelSize: 3, dilation: 3),
      Conv2d(4, 4, kernelSize: 5, padding: 2, paddingMode: .reflect), SeparableConv2d(4, 4, kernelSize: 3, stride: 2),
      PartialConv2d(4, connections: [[0, 3], [1], [2], [0]], kernelSize: 3),
    ]
    for layer in layers {
      let network = Sequential(layer, Conv2d(4, 4, kernelSize: 3))
      let size = receptiveField(network)
      #expect(try network.summary(for: [1, 4, 41, 41]).rows[0].receptiveField == [size, size], "\(layer)")
    }
    let volume = try Conv3d(2, 3, kernelSize: 3, padding: 1).summary(for: [1, 2, 5, 6, 7]).rows[0]
    #expect(volume.receptiveField == [3, 3, 3])
    #expect(volume.multiplyAdds == 3 * 5 * 6 * 7 * 2 * 27)
    let transposed = try ConvTranspose2d(2, 3, kernelSize: 2, stride: 2).summary(for: [1, 2, 5, 6]).rows[0]
    #expect(transposed.multiplyAdds == 2 * 5 * 6 * 3 * 4)
  }

  /// How many columns of the input one element of the output depends on: those where its gradient is not zero.
  private func receptiveField(_ layer: some Layer) -> Int {
    // In Double, where convolutions are plain sums: what does not follow has no gradient at all, not one of 10⁻⁸.
    let context = Context.training(seed: 1, precision: .double)
    let input = Variable(TensorValue.float(normal([1, 4, 41, 41])).converted(to: .double))
    let x = context.tape?.watch(input.value) ?? input
    let y = layer(x, context)
    let middle = y.slice([0..<1, 0..<1, y.shape[2] / 2..<y.shape[2] / 2 + 1, y.shape[3] / 2..<y.shape[3] / 2 + 1])
    let columns = middle.sum().gradients()[x]?.doubles.abs().sum(along: [0, 1, 2]).scalars ?? []
    return columns.count { $0 != 0 }
  }

  @Test("Equivariance: conv(shift(x)) = shift(conv(x)); not so for rotation")
  func equivariance() throws {
    let layer = Conv2d(3, 4, kernelSize: 3, padding: 1, paddingMode: .circular)
    let x = normal([2, 3, 6, 6])
    let shifted = try layer.predict(shift(x)) - shift(layer.predict(x))
    #expect(shifted.abs().max().scalar < 1e-6)
    let rotated = try layer.predict(rotate(x)) - rotate(layer.predict(x))
    #expect(rotated.abs().max().scalar > 0.1)
  }

  /// By two rows and one column, what leaves on one side coming back on the other.
  private func shift(_ x: Tensor<Float>) -> Tensor<Float> {
    let rows = Tensor<Float>.concatenated([x.slice(axis: 2, range: 4..<6), x.slice(axis: 2, range: 0..<4)], along: 2)
    return .concatenated([rows.slice(axis: 3, range: 5..<6), rows.slice(axis: 3, range: 0..<5)], along: 3)
  }

  /// By a quarter turn.
  private func rotate(_ x: Tensor<Float>) -> Tensor<Float> { x.permuted([0, 1, 3, 2]).flipped(along: [3]) }

  /// `matrix · x` is the layer, `matrixᵀ · gradient` its backward pass, on the image of 5×5 under a stride of 2.
  @Test("Linear map: a convolution layer equals its Toeplitz matrix, the transpose its gradient")
  func toeplitz() {
    let layer = Conv2d(2, 3, kernelSize: 3, stride: 2, padding: 1, bias: false)
    let weight = layer.weight.value.floats
    let matrix = weight.toeplitzMatrix(imageSize: 5, geometry: layer.geometry)
    #expect(matrix.shape == [27, 50])
    let image = normal([1, 2, 5, 5]), cotangent = normal([1, 3, 3, 3], seed: 4)
    let context = Context.training(seed: 1)
    let x = context.tape?.watch(TensorValue.float(image)) ?? Variable(image)
    let y = layer(x, context)
    let gradient = (y * Variable(cotangent)).sum().gradients()[x]?.floats
    #expect((y.floats.reshaped([27, 1]) - matrix.matmul(image.reshaped([50, 1]))).abs().max().scalar < 1e-5)
    let back = matrix.matmul(cotangent.reshaped([27, 1]), transposingLeft: true)
    #expect((back - (gradient ?? image).reshaped([50, 1])).abs().max().scalar < 1e-5)
  }
}
