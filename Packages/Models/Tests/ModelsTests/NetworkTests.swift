import Autograd
import Models
import NNLayers
import TensorCore
import Testing

struct NetworkTests {
  @Test func headsAreReplaced() throws {
    let network = seeded(1) { VGGLite() }
    let flowers = seeded(2) { network.replacingHead(classCount: 5) }
    #expect(try flowers.predict(.zeros([2, 3, 32, 32])).shape == [2, 5])
    #expect(try network.predict(.zeros([2, 3, 32, 32])).shape == [2, 10])
    let parameters = zip(network.namedParameters, flowers.namedParameters)
    let own = parameters.filter { $0.parameter !== $1.parameter }.map(\.1.name)
    #expect(own == ["classifier.3.weight", "classifier.3.bias"])
    let maps = NetworkInNetwork().replacingHead(classCount: 4)
    #expect(try maps.predict(.zeros([1, 3, 32, 32])).shape == [1, 4])
  }

  @Test func featuresOfALayer() throws {
    let network = CIFARResNet(depth: 20)
    let features = try network.outputs(of: ["layer2", "layer3.0.relu"], for: .zeros([1, 3, 32, 32]))
    #expect(features["layer2"]?.shape == [1, 32, 16, 16])
    #expect(features["layer3.0.relu"]?.shape == [1, 64, 8, 8])
  }

  @Test func unknownPlacesStop() async {
    await #expect(processExitsWith: .failure) { _ = VGGLite().replacing("classifier.9", with: Identity()) }
    await #expect(processExitsWith: .failure) { _ = CIFARResNet(depth: 21) }
    await #expect(processExitsWith: .failure) { _ = GoogLeNet(inputChannels: 1, transformsInput: true) }
  }

  /// Files with and without the auxiliary classifiers load into networks with and without them; all else is strict.
  @Test(arguments: [true, false], [true, false])
  func auxiliaryClassifiersInFiles(inFile: Bool, inNetwork: Bool) throws {
    let file = withoutInitialWeights { GoogLeNet(classCount: 3, hasAuxiliaryHeads: inFile) }.stateDictionary()
    let network = seeded(1) { GoogLeNet(classCount: 3, hasAuxiliaryHeads: inNetwork) }
    let kept = network.aux1?.parameters.first?.value.floats
    try network.load(file)
    #expect(network.parameters.first?.value.floats == .zeros([64, 3, 7, 7]))
    let first = network.aux1?.parameters.first?.value.floats
    #expect(first == (inFile ? kept.map { .zeros($0.shape) } : kept))

    var broken = file
    broken["fc.bias"] = nil
    broken["aux3.weight"] = file["fc.weight"]
    let error = #expect(throws: StateDictionaryError.self) { try network.load(broken) }
    #expect(error?.missing == ["fc.bias"])
    #expect(error?.unexpected == ["aux3.weight"])
  }

  /// y = (x · deviation + mean - 0.5) / 0.5: an image of ImageNet's mean, which came as 0, is brought to 2 · mean - 1.
  @Test func imagesAreBroughtToTheRangeOfGoogLeNetsWeights() throws {
    let network = withoutInitialWeights { GoogLeNet(transformsInput: true) }
    let images = Tensor<Float>([0, 0, 0, 1, 1, 1, 0, 0, 0], shape: [1, 3, 3, 1])
    let layer = try #require(network.layer(named: "transform_input"))
    let expected: [Float] = [-0.03, -0.03, -0.03, 0.36, 0.36, 0.36, -0.188, -0.188, -0.188]
    for (got, wanted) in zip(try layer.predict(images).scalars, expected) { #expect(abs(got - wanted) < 1e-6) }
  }
}
