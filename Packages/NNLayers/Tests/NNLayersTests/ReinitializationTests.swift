import Autograd
import NNLayers
import TensorCore
import Testing

struct ReinitializationTests {
  private func network() -> Sequential {
    Sequential(named: [
      "conv": Conv2d(8, 40, kernelSize: 3, padding: .same, groups: 4), "act": ReLU(), "flat": Flatten(),
      "fc": Linear(40 * 16, 30),
    ])
  }

  private func deviation(_ parameter: Parameter) -> Double {
    let values = parameter.value.doubles
    return ((values * values).mean().scalar).squareRoot()
  }

  /// Weights by the layer's own fan: 9 · 8/4 = 18 and 640; biases are left alone. 720 draws: known to 2.6 %.
  @Test func weightsAreDrawnByTheirLayersFan() {
    let model = network()
    let biases = [model.parameters[1].value.floats, model.parameters[3].value.floats]
    #expect(seeded(3) { model.initialize(with: .heNormal) } == 2)
    #expect(abs(deviation(model.parameters[0]) / (2.0 / 18).squareRoot() - 1) < 0.1)
    #expect(abs(deviation(model.parameters[2]) / (2.0 / 640).squareRoot() - 1) < 0.03)
    #expect([model.parameters[1].value.floats, model.parameters[3].value.floats] == biases)
    // Fan-out of the grouped convolution: 9 · 40/4 = 90.
    seeded(3) { _ = model.initialize(with: .he(.out, gain: 1)) }
    #expect(abs(deviation(model.parameters[0]) / (1.0 / 90).squareRoot() - 1) < 0.1)
  }

  @Test func chosenByNameAndRepeatable() {
    let (a, b) = (network(), network())
    for model in [a, b] {
      seeded(7) {
        #expect(model.initialize(with: .lecunUniform) { name, _ in name.hasPrefix("fc.w") } == 1)
        #expect(model.initialize(with: .zeros) { name, _ in name.hasSuffix("bias") } == 2)
      }
    }
    #expect(a.parameters[2].value.floats == b.parameters[2].value.floats)
    #expect(a.parameters[0].value.floats != b.parameters[0].value.floats)
    #expect(a.parameters[1].value.floats == .zeros([40]))
  }

  /// F taps, C and K channels, g groups: F·C/g inputs of an output and F·K/g outputs of an input.
  @Test func fansOfConvolutions() {
    let layers: [(layer: any WeightedLayer, fan: Fan)] = [
      (Conv1d(8, 12, kernelSize: 5, groups: 4), Fan(in: 10, out: 15)),
      (Conv2d.depthwise(8, kernelSize: 3, multiplier: 2), Fan(in: 9, out: 18)),
      (Conv3d(4, 6, kernelSize: 3, groups: 2), Fan(in: 54, out: 81)),
      (ConvTranspose1d(8, 12, kernelSize: 5, groups: 4), Fan(in: 10, out: 15)),
      (ConvTranspose2d(4, 6, kernelSize: 3, groups: 2), Fan(in: 18, out: 27)),
      // 1,500 weights for 16 outputs, and for 6 inputs.
      (PartialConv2d(6, connections: PartialConv2d.lenet5Connections, kernelSize: 5), Fan(in: 94, out: 250)),
    ]
    for (layer, fan) in layers { #expect(layer.fan == fan, "\(layer)") }
  }

  /// A transposed layer's first weight follows its own fan: of 64 · 9 = 576, not 1 · 9. 576 draws: known to 3 %.
  @Test func firstValuesFollowTheLayersFan() {
    let layer = seeded(4) { ConvTranspose2d(64, 1, kernelSize: 3, initializer: .heNormal) }
    #expect(abs(deviation(layer.weight) / (2.0 / 576).squareRoot() - 1) < 0.1)
    let bound = 1 / (576.0).squareRoot()
    #expect(seeded(4) { ConvTranspose2d(64, 1, kernelSize: 3) }.weight.value.doubles.abs().max().scalar <= bound)
  }

  @Test func copiesHaveTheirOwn() {
    let model = network()
    let before = model.parameters.map(\.value.floats)
    let copy = model.copied()
    #expect(seeded(1) { copy.initialize(with: .heNormal) } == 2)
    #expect(model.parameters.map(\.value.floats) == before)
    #expect(abs(deviation(copy.parameters[0]) / (2.0 / 18).squareRoot() - 1) < 0.1)
  }

  @Test func tiedWeightsAreDrawnOnce() {
    let shared = Linear(4, 4)
    #expect(Sequential(shared, Tanh(), shared).initialize(with: .zeros) == 1)
  }
}

struct LSUVTests {
  /// A network whose deviations would fall by orders of magnitude: afterwards each layer's output has the variance 1
  /// within the tolerance, measured here from the outputs themselves.
  @Test func everyLayerGetsUnitVariance() throws {
    var random = RandomStream(seed: 3)
    let x = Tensor<Float>.normal([32, 1, 12, 12], mean: 0.5, deviation: 3, using: &random)
    let model = seeded(5) {
      Sequential(
        Conv2d(1, 8, kernelSize: 3), Tanh(), Residual(Conv2d(8, 8, kernelSize: 3, padding: .same)), ReLU(), Flatten(),
        Linear(800, 50), Tanh(), Linear(50, 10))
    }
    let names = ["0", "2.body", "5", "7"]
    let result = try seeded(5) { try model.initializeLSUV(on: x, tolerance: 0.02) }
    #expect(result.map(\.name) == names)
    let outputs = try model.outputs(of: names, for: x)
    for (name, reported) in result {
      let values = try #require(outputs[name]).scalars.map(Double.init)
      let mean = values.reduce(0, +) / Double(values.count)
      let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
      #expect(abs(variance - 1) < 0.021, "\(name)")
      #expect(abs(variance - reported) < 1e-6)
    }
  }

  /// On an input of zeros the output is the bias, whatever the weight: this stays orthonormal.
  @Test func outputWithoutInputKeepsItsWeight() throws {
    let model = seeded(1) { Sequential(Linear(3, 2)) }
    let variance = try model.initializeLSUV(on: .zeros([4, 3]))[0].variance
    #expect(variance > 0 && variance < 0.2)
    let weight = model.parameters[0].value.doubles
    #expect(abs((weight * weight).sum().scalar - 2) < 1e-6)
    model.parameters[1].value = .float([0, 0])
    #expect(try model.initializeLSUV(on: .zeros([4, 3])).map(\.variance) == [0])
    #expect(model.parameters[0].value.isFinite)
    #expect(throws: InputError.self) { try model.initializeLSUV(on: .zeros([4, 2])) }
  }
}

struct FixupTests {
  private func network(blocks: Int) -> Sequential {
    let layers: [any Layer] = (0..<blocks).map { _ in
      Residual(Sequential(Linear(64, 64), ReLU(), Linear(64, 64), ReLU(), Linear(64, 64)))
    }
    return Sequential(named: [("blocks", Sequential(layers)), ("fc", Linear(64, 5))])
  }

  /// L = 16 branches of m = 3 weights: the first two of each have the deviation √(2/64) · 16^(-1/4) = √(2/64) / 2; the last
  /// is zero, so that the blocks pass their input through, and the classifier's logits are zero.
  @Test func branchesAreScaledAndStartAtZero() throws {
    let model = network(blocks: 16)
    seeded(2) { model.initializeFixup(classifier: "fc") }
    let expected = (2.0 / 64).squareRoot() / 2
    for block in 0..<16 {
      for (layer, wanted) in [(0, expected), (2, expected), (4, 0.0)] {
        let weight = try #require(model.layer(named: "blocks.\(block).body.\(layer)")).parameters[0].value.doubles
        let deviation = (weight * weight).mean().scalar.squareRoot()
        #expect(abs(deviation - wanted) <= 0.05 * wanted)
      }
    }
    model.initialize(with: .zeros) { name, _ in name.hasSuffix(".bias") }
    let x = Tensor<Float>.ones([2, 64])
    let outputs = try model.outputs(of: ["blocks", "fc"], for: x)
    #expect(outputs["blocks"] == x)
    #expect(outputs["fc"] == Tensor<Float>.zeros([2, 5]))
  }

  /// Branches of one's own: two of m = 2, so scaled by 2^(-1/2): √(2/64) / √2 = 1/8.
  @Test func branchesByName() throws {
    let model = Sequential(Linear(64, 64), Linear(64, 64), Linear(64, 64), Linear(64, 64), Linear(64, 64))
    seeded(2) { model.initializeFixup(branches: [["0", "1"], ["2", "3"]]) }
    let deviations = model.parameters.filter { $0.shape.rank == 2 }.map { parameter in
      let weight = parameter.value.doubles
      return (weight * weight).mean().scalar.squareRoot()
    }
    for (got, wanted) in zip(deviations, [0.125, 0, 0.125, 0, (2.0 / 64).squareRoot()]) {
      #expect(abs(got - wanted) <= 0.05 * wanted)
    }
  }

  @Test func unknownNameStops() async {
    await #expect(processExitsWith: .failure) { Sequential(Linear(2, 2)).initializeFixup(classifier: "fc") }
  }
}
