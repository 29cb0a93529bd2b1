import Autograd
import Models
import NNLayers
import TensorCore
import Testing

@Suite(.serialized)
struct ModelCatalogTests {
  @Test func namesAreDifferent() {
    #expect(Set(ModelCatalog.names).count == ModelCatalog.names.count)
    #expect(ModelCatalog.entry(named: "resnet50")?.facts.parameters == 25_557_032)
    #expect(ModelCatalog.entry(named: "resnet51") == nil)
  }

  /// What is declared is what the network has; names and shapes are torchvision's where it has the network.
  @Test(arguments: ModelCatalog.names) func facts(_ name: String) throws {
    let entry = try #require(ModelCatalog.entry(named: name))
    let facts = entry.facts
    let model = withoutInitialWeights { entry.make() }
    let state = model.stateDictionary()
    #expect(state[entry.inputWeight]?.shape[1] == facts.input[0])
    #expect(state[entry.outputWeight]?.shape[0] == facts.classCount)
    if !(model is GoogLeNet) { TorchvisionReference.all[name]?.expectState(of: model) }

    let batch = Shape([1] + facts.input.sizes)
    let output = Shape([1] + facts.output.sizes)
    #expect(facts.output[0] == facts.classCount)
    #expect(try model.outputShape(for: batch) == output)
    let summary = try model.summary(for: batch)
    #expect(summary.outputShape == output)
    #expect(summary.parameterCount == facts.parameters)
    #expect(summary.multiplyAdds == facts.multiplyAdds)

    #expect(throws: InputError.self) { try model.outputShape(for: [1, facts.input[0] + 1, 224, 224]) }
    #expect(throws: InputError.self) { try model.outputShape(for: facts.input) }
    #expect(throws: InputError.self) { try model.predict(.zeros([1, facts.input[0], 0, 0])) }
  }

  /// What the documentation says of the smallest images.
  @Test(
    arguments: [
      ("alexnet", 63), ("alexnet-2012", 63), ("alexnet-lite", 15), ("zfnet", 47), ("vgg11", 32), ("vgg-lite", 8),
      ("googlenet", 15), ("googlenet-2014", 31), ("googlenet-lite", 4), ("nin", 4), ("nin-lite", 4), ("resnet18", 1),
      ("resnet20", 1),
      ("preact_resnet110", 1), ("p4cnn", 28), ("z2cnn", 28), ("capsnet-lite", 29),
    ])
  func smallestImages(_ name: String, _ side: Int) throws {
    let entry = try #require(ModelCatalog.entry(named: name))
    let model = withoutInitialWeights { entry.make(ModelOptions(inputChannels: 3, classCount: 4)) }
    #expect(try model.predict(.zeros([1, 3, side, side])).shape == [1, 4])
    #expect(throws: InputError.self) { try model.predict(.zeros([1, 3, side - 1, side - 1])) }
  }

  /// The first auxiliary classifier's windows of 5×5 need maps of that size.
  @Test func smallestImageForTheAuxiliaryClassifiersOf2014() throws {
    let model = withoutInitialWeights { GoogLeNet(.paper, classCount: 4, hasAuxiliaryHeads: true) }
    let context = Context.training(seed: 1)
    let outputs = model.outputs(Variable(Tensor<Float>.zeros([1, 3, 79, 79])), context)
    #expect(outputs.aux1?.shape == [1, 4])
    #expect(outputs.aux2?.shape == [1, 4])
    let maps = try model.outputs(of: ["inception4a"], for: .zeros([1, 3, 78, 78]))
    #expect(maps["inception4a"]?.shape == [1, 512, 4, 4])
  }

  @Test func googLeNetWithAuxiliaryClassifiers() throws {
    let options = ModelOptions(inputChannels: 3, classCount: 1000, hasAuxiliaryHeads: true)
    let entry = try #require(ModelCatalog.entry(named: "googlenet"))
    let model = withoutInitialWeights { entry.make(options) }
    #expect(model.parameterCount == 13_004_888)
    try #require(TorchvisionReference.all["googlenet"]).expectState(of: model)
  }

  /// Channels and classes are free, and so is the size where the maps are averaged.
  @Test(
    arguments: [
      "alexnet", "alexnet-2012", "zfnet", "vgg11_bn", "googlenet", "googlenet-2014", "resnet18", "resnet20",
      "preact_resnet110", "nin", "nin-lite", "vgg-lite", "alexnet-lite", "googlenet-lite", "plain18",
      "p4cnn", "z2cnn",
    ])
  func freeSizes(_ name: String) throws {
    let entry = try #require(ModelCatalog.entry(named: name))
    let model = withoutInitialWeights { entry.make(ModelOptions(inputChannels: 1, classCount: 7)) }
    #expect(try model.outputShape(for: [2, 1, 96, 96]) == [2, 7])
    #expect(try model.predict(.zeros([2, 1, 96, 96])).shape == [2, 7])
  }
}
