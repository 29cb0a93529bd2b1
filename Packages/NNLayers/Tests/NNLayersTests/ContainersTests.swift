import Autograd
import NNLayers
import TensorCore
import Testing

struct ContainersTests {
  private let image = Tensor<Float>([1, -2, 3, -4], shape: [1, 1, 2, 2])

  /// A 1×1 convolution of one channel: y = factor · x.
  private func scaling(_ factor: Float) -> Conv2d {
    let layer = Conv2d(1, 1, kernelSize: 1, bias: false)
    layer.weight.value = .float(Tensor([factor], shape: [1, 1, 1, 1]))
    return layer
  }

  @Test func namedSequentialNamesItsState() throws {
    let model = Sequential(named: ["fc1": Linear(3, 4), "act": Tanh(), "fc2": Linear(4, 2, bias: false)])
    #expect(model.namedParameters.map(\.name) == ["fc1.weight", "fc1.bias", "fc2.weight"])
    #expect(model.names == ["fc1", "act", "fc2"])
    #expect((model["fc2"] as? Linear)?.outputCount == 2)
    #expect((model[0] as? Linear)?.outputCount == 4)
    #expect(model["fc3"] == nil)
    #expect(try model.outputShape(for: [5, 3]) == [5, 2])
    #expect(try Sequential([any Layer]()).predict(image) == image)
  }

  @Test func sameNameTwiceStops() async {
    await #expect(processExitsWith: .failure) { _ = Sequential(named: ["a": Tanh(), "a": Tanh()]) }
    await #expect(processExitsWith: .failure) { _ = Sequential(named: ["a.b": Tanh()]) }
    await #expect(processExitsWith: .failure) { _ = Parallel([any Layer]()) }
  }

  /// relu(3x + 2x) with the shortcut 2x; 3x + x without.
  @Test func residualByHand() throws {
    let block = Residual(scaling(3), shortcut: scaling(2), activation: ReLU())
    #expect(try block.predict(image).scalars == [5, 0, 15, 0])
    #expect(block.namedParameters.map(\.name) == ["body.weight", "shortcut.weight"])
    #expect(try block.outputShape(for: [2, 1, 5, 5]) == [2, 1, 5, 5])
    #expect(try Residual(scaling(3)).predict(image).scalars == [4, -8, 12, -16])
  }

  /// d/dx Σ (3x + x) = 4, d/dw Σ (w x + x) = Σ x = -2.
  @Test func residualGradientAddsUpBothWays() throws {
    let body = scaling(3)
    let context = Context.training(seed: 1)
    let x = try #require(context.tape).watch(image)
    let gradients = Residual(body)(x, context).sum().gradients()
    #expect(gradients[x]?.floats.scalars == [4, 4, 4, 4])
    #expect(gradients[body.weight]?.floats.scalars == [-2])
  }

  @Test func residualOfTwoShapesIsRefused() async throws {
    let block = Residual(Conv2d(1, 2, kernelSize: 1))
    #expect(throws: InputError.self) { try block.predict(image) }
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Residual(Conv2d(1, 2, kernelSize: 1))(Tensor<Float>.zeros([1, 1, 2, 2]), .inference)
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("[Residual] its body makes [1, 2, 2, 2] of [1, 1, 2, 2], its shortcut [1, 1, 2, 2]"))
  }

  @Test func parallelJoinsChannels() throws {
    let block = Parallel(scaling(2), ReLU(), Sequential(scaling(-1), scaling(10)))
    #expect(try block.predict(image).scalars == [2, -4, 6, -8, 1, 0, 3, 0, -10, 20, -30, 40])
    #expect(block.namedParameters.map(\.name) == ["0.weight", "2.0.weight", "2.1.weight"])
    #expect(try block.outputShape(for: [7, 1, 4, 4]) == [7, 3, 4, 4])
    #expect(try Parallel(ReLU(), Tanh(), axis: -1).outputShape(for: [7, 1, 4, 4]) == [7, 1, 4, 8])
    let named = Parallel(named: ["low": scaling(1), "high": scaling(2)], axis: 0)
    #expect(named.namedParameters.map(\.name) == ["low.weight", "high.weight"])
    #expect(try named.predict(image).shape == [2, 1, 2, 2])
    #expect(throws: InputError.self) { try Parallel(ReLU(), MaxPool2d(2)).predict(image) }
  }

  @Test func freezingByName() {
    let model = Sequential(named: ["body": Residual(scaling(3)), "head": Conv2d(1, 2, kernelSize: 1)])
    #expect(model.freeze { $0.hasPrefix("body.") } == 1)
    #expect(model.namedParameters.filter(\.parameter.isTrainable).map(\.name) == ["head.weight", "head.bias"])
    let gradients = model(image, .training(seed: 1)).sum().gradients()
    #expect(gradients.count == 2)
    #expect(model.unfreeze() == 3)
    model.layer(named: "head")?.freeze()
    #expect(model.namedParameters.filter(\.parameter.isTrainable).map(\.name) == ["body.body.weight"])
  }

  @Test func copyOfContainersIsDeep() throws {
    let model = Sequential(Residual(scaling(3)), Parallel(scaling(1), scaling(2)))
    let copy = model.copied()
    let before = try model.predict(image)
    #expect(try copy.predict(image) == before)
    (copy.layer(named: "1.1"))?.parameters[0].value = .float(Tensor([7], shape: [1, 1, 1, 1]))
    #expect(try model.predict(image) == before)
    #expect(try copy.predict(image).scalars == [4, -8, 12, -16, 28, -56, 84, -112])
    #expect(copy.namedLayers.map(\.name) == model.namedLayers.map(\.name))
    #expect(copy.layer(named: "1.0")?.typeName == "Conv2d")
  }
}
