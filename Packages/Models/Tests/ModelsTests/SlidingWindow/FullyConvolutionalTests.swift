import Autograd
import Models
import NNLayers
import TensorCore
import Testing

/// A network made on the spot.
private struct Chain: Network {
  var layers: Sequential
  let inputChannels: Int
  let headName = "none"
}

struct FullyConvolutionalTests {
  /// The maps of network N4 in the paper.
  @Test func publishedMaps() throws {
    let names = ["conv1", "pool1", "conv2", "pool2", "conv3", "pool3", "conv4", "pool4"]
    let maps = try PixelClassifier(.paper).outputs(of: names, for: .zeros([1, 1, 95, 95]))
    #expect(names.map { maps[$0]?.shape.last } == [92, 46, 42, 21, 18, 9, 6, 3])
  }

  /// Whole numbers are added without rounding, so every pixel's logits must be the patch's to the last bit.
  @Test func everyPixelHasItsPatchesLogits() {
    let classifier = seeded(1) { PixelClassifier(.light, inputChannels: 2, classCount: 3) }
    let output = compare(classifier, patch: 21, image: [1, 2, 30, 27])
    #expect(output == [1, 3, 10, 7])
  }

  /// Strides, overlapping windows, remainders that nobody sees, dilation, groups, chains within chains.
  @Test func otherChains() {
    let first = seeded(2) {
      Chain(
        layers: Sequential(
          Sequential(
            Conv2d(2, 4, kernelSize: 3, stride: 2), ReLU(), MaxPool2d(3, stride: 2),
            Conv2d(4, 6, kernelSize: PlaneSize(height: 2, width: 3), groups: 2), ReLU()),
          MaxPool2d(PlaneSize(height: 1, width: 2)), Flatten(), Linear(12, 5), ReLU(), Linear(5, 4, bias: false)),
        inputChannels: 2)
    }
    #expect(compare(first, patch: PlaneSize(height: 16, width: 24), image: [2, 2, 21, 26]) == [2, 4, 6, 3])
    let second = seeded(3) {
      Chain(
        layers: Sequential(
          MaxPool2d(2), Conv2d(1, 3, kernelSize: 2, dilation: 2), ReLU(), MaxPool2d(2), Flatten(), Linear(12, 2)),
        inputChannels: 1)
    }
    #expect(compare(second, patch: 13, image: [1, 1, 17, 19]) == [1, 2, 5, 7])
  }

  /// Gives all parameters small whole numbers, and the output's shape if it equals that of the classifier patch by patch.
  private func compare(_ network: some Network, patch: PlaneSize, image shape: Shape) -> Shape? {
    var random = RandomStream(seed: 4)
    for parameter in network.parameters {
      let numbers = (0..<parameter.shape.count).map { _ in Float(random.integer(below: 5) - 2) }
      parameter.value = .float(Tensor(numbers, shape: parameter.shape))
    }
    let pixels = (0..<shape.count).map { _ in Double(random.integer(below: 9) - 4) }
    let image = Tensor<Double>(pixels, shape: shape)
    let sliding = FullyConvolutional(network, patchSize: patch, mirroringBorders: false)
    let context = Context(mode: .inference, precision: .double)
    let output = sliding(Variable(image), context).value.doubles
    var patches: [Tensor<Double>] = []
    for y in 0...(shape[2] - patch.height) {
      for x in 0...(shape[3] - patch.width) {
        patches.append(image.slice([0..<shape[0], 0..<shape[1], y..<(y + patch.height), x..<(x + patch.width)]))
      }
    }
    let logits = network(Variable(Tensor.concatenated(patches, along: 0)), context).value.doubles
    // [positions · N, classes] to [N, classes, positions].
    let positions = patches.count
    let expected = logits.reshaped([positions, shape[0], logits.shape[1]]).permuted([1, 2, 0]).reshaped(output.shape)
    #expect(Set(expected.scalars).count > positions / 2, "nearly all logits are equal")
    #expect(output == expected)
    return try? sliding.outputShape(for: shape) == output.shape ? output.shape : nil
  }

  /// With mirrored borders each pixel has logits, in the middle those without, at a corner those of the mirrored patch; in
  /// Float with random weights up to rounding.
  @Test func mirroredBorders() throws {
    let classifier = seeded(5) { PixelClassifier(.light) }
    var random = RandomStream(seed: 6)
    let image = Tensor<Float>.normal([1, 1, 24, 26], mean: 0, deviation: 1, using: &random)
    let whole = try classifier.fullyConvolutional().predict(image)
    #expect(whole.shape == [1, 2, 24, 26])
    let inner = try classifier.fullyConvolutional(mirroringBorders: false).predict(image)
    #expect(inner.shape == [1, 2, 4, 6])
    let middle = whole.slice([0..<1, 0..<2, 10..<14, 10..<16])
    #expect(zip(middle.scalars, inner.scalars).allSatisfy { abs($0 - $1) < 1e-5 })
    // Pixel (0, 0) sees pixel (|y|, |x|) for y and x from -10 to 10.
    let patch = (0..<441).map { image[0, 0, abs($0 / 21 - 10), abs($0 % 21 - 10)] }
    let corner = try classifier.predict(Tensor(patch, shape: [1, 1, 21, 21])).scalars
    for (index, value) in corner.enumerated() { #expect(abs(whole[0, index, 0, 0] - value) < 1e-5) }
  }

  @Test func theParametersAreShared() {
    let classifier = seeded(1) { PixelClassifier() }
    let sliding = classifier.fullyConvolutional()
    #expect(sliding.namedParameters.map(\.name) == classifier.namedParameters.map(\.name))
    #expect(zip(sliding.parameters, classifier.parameters).allSatisfy { $0 === $1 })
  }

  @Test func refusals() async {
    let classifier = seeded(1) { PixelClassifier() }
    #expect(throws: InputError.self) { try classifier.fullyConvolutional().predict(.zeros([1, 1, 10, 30])) }
    #expect(throws: InputError.self) { try classifier.fullyConvolutional().predict(.zeros([1, 2, 30, 30])) }
    #expect(throws: InputError.self) {
      try classifier.fullyConvolutional(mirroringBorders: false).predict(.zeros([1, 1, 20, 30]))
    }
    #expect(throws: InputError.self) { try classifier.predict(.zeros([1, 1, 32, 32])) }
    await #expect(processExitsWith: .failure) { _ = FullyConvolutional(VGGLite(), patchSize: 32) }
    await #expect(processExitsWith: .failure) { _ = FullyConvolutional(PixelClassifier(), patchSize: 30) }
  }
}
