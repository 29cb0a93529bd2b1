import Autograd
import NNLayers
import TensorCore
import Testing

/// A block that names none of its calls, with two activations that are equal.
private struct Pair: Layer {
  let conv1 = Conv2d(1, 2, kernelSize: 3, padding: 1)
  let relu1 = ReLU()
  let conv2 = Conv2d(2, 2, kernelSize: 3, padding: 1)
  let relu2 = ReLU()
  let pool = MaxPool2d(2)

  func forward(_ x: Variable, _ context: Context) -> Variable {
    pool(relu2(conv2(relu1(conv1(x, context), context), context), context), context)
  }
}

/// One activation for two places, a list of parts, a layer made on the spot, a part of a part.
private struct Odd: Layer {
  let relu = ReLU()
  let blocks: [any Layer] = [Linear(4, 4), Sequential(Linear(4, 4), Sigmoid()), Linear(4, 4)]

  func forward(_ x: Variable, _ context: Context) -> Variable {
    let first = relu(blocks[2](relu(x, context), context), context)
    let inner = (blocks[1] as? Sequential)?[0]
    return Tanh()(inner?(first, context) ?? first, context)
  }
}

struct ObservationTests {
  private func names(_ model: any Layer, _ x: Tensor<Float>) -> [String] {
    var names: [String] = []
    let context = Context.inference
    context.observe { names.append($0.name) }
    _ = model(x, context)
    return names
  }

  @Test func containersNameTheirLayers() {
    let model = Sequential(named: [
      "stem": Sequential(ReLU(), ReLU()), "split": Parallel(ReLU(), Residual(ReLU(), activation: ReLU())),
    ])
    #expect(
      names(model, .zeros([1, 1, 2, 2])) == [
        "stem.0", "stem.1", "stem", "split.0", "split.1.body", "split.1.activation", "split.1", "split", "",
      ])
  }

  @Test func partsOfOnesOwnLayerAreRecognized() {
    let expected = ["conv1", "relu1", "conv2", "relu2", "pool"]
    #expect(names(Pair(), .zeros([1, 1, 4, 4])) == expected + [""])
    #expect(names(Sequential(Pair()), .zeros([1, 1, 4, 4])) == expected.map { "0." + $0 } + ["0", ""])
    #expect(names(Pair().copied(), .zeros([1, 1, 4, 4])) == expected + [""])
    #expect(names(Sequential(Pair()).copied().copied(), .zeros([1, 1, 4, 4])).first == "0.conv1")
  }

  @Test func sharedListedInnerAndMadeUpParts() {
    #expect(names(Odd(), .zeros([1, 4])) == ["relu", "blocks.2", "relu", "blocks.1.0", "Tanh()", ""])
  }

  /// The names are those under which the structure lists the layers.
  @Test func namesAgreeWithTheStructure() {
    let structure = Set(Sequential(Pair(), Pair()).namedLayers.map(\.name))
    #expect(structure.contains("1.relu2"))
    #expect(structure.count == 12)
    let called = names(Sequential(Pair(), Conv2d(2, 1, kernelSize: 1), Pair()), .zeros([1, 1, 8, 8]))
    #expect(called.contains("2.relu2"))
  }

  @Test func observersSeeInputAndOutputAndChangeNothing() {
    let model = seeded(1) { Sequential(Linear(3, 2), ReLU()) }
    let x = Tensor<Float>([1, 2, 3], shape: [1, 3])
    let context = Context.training(seed: 1)
    var seen: [String: Tensor<Float>] = [:]
    var order: [Int] = []
    context.observe { call in
      seen[call.name] = call.output.floats
      if call.name == "1" { #expect(call.input.floats == seen["0"]) }
      order.append(1)
    }
    context.observe { _ in order.append(2) }
    let output = model(x, context)
    #expect(output.floats == model(x, .inference).floats)
    #expect(seen["1"] == output.floats)
    #expect(seen["0"] == model[0](x, .inference).floats)
    #expect(order == [1, 2, 1, 2, 1, 2])
    #expect(output.sum().gradients().count == 2)
  }

  /// The histogram of the documentation, of -0.95, 0, 0.5 and 5, before and after ReLU. -9.5 is rounded towards 0, so the first
  /// value falls into place 1.
  @Test func histogramsWhileTraining() {
    let layer = Linear(1, 1)
    layer.weight.value = .float([[1]])
    layer.bias?.value = .float([0])
    let model = Sequential(layer, ReLU())
    let context = Context.training(seed: 1)
    var counts: [String: [Int]] = [:]
    context.observe { call in
      for value in call.output.floats.scalars {
        counts[call.name, default: Array(repeating: 0, count: 20)][min(max(Int(10 * value) + 10, 0), 19)] += 1
      }
    }
    let output = model(Tensor<Float>([-0.95, 0, 0.5, 5], shape: [4, 1]), context)
    func histogram(_ places: Int...) -> [Int] { (0..<20).map { place in places.count { $0 == place } } }
    #expect(counts["0"] == histogram(1, 10, 15, 19))
    #expect(counts["1"] == histogram(10, 10, 15, 19))
    #expect(output.sum().gradients().count == 2)
  }

  @Test func outputsByName() throws {
    let model = seeded(1) { Sequential(Pair(), Flatten(), Linear(8, 3)) }
    let x = Tensor<Float>.ones([2, 1, 4, 4])
    let outputs = try model.outputs(of: ["0.conv2", "0", ""], for: x)
    #expect(outputs["0.conv2"]?.shape == [2, 2, 4, 4])
    #expect(outputs["0"]?.shape == [2, 2, 2, 2])
    #expect(try outputs[""] == model.predict(x))
    let error = #expect(throws: UnknownLayerError.self) { try model.outputs(of: ["0.conv3"], for: x) }
    #expect(error?.description.hasPrefix("no layer '0.conv3' was called, only '0.conv1', '0.relu1'") == true)
    #expect(throws: InputError.self) { try Sequential(Linear(3, 4)).outputs(of: ["0"], for: .zeros([2, 5])) }
  }
}
