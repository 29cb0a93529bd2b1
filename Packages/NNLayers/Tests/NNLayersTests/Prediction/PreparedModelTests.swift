import Autograd
import NNLayers
import TensorCore
import Testing

/// A layer that looks at the numbers of its input.
private struct Branching: Layer {
  let weight = Parameter(Tensor<Float>([2]))

  func forward(_ x: Variable, _ context: Context) -> Variable {
    x.mean().item > 0 ? x * context[weight] : x - 1
  }
}

struct PreparedModelTests {
  private func images(_ shape: Shape, seed: UInt64 = 3) -> Tensor<Float> {
    var random = RandomStream(seed: seed)
    return .normal(shape, using: &random)
  }

  /// A small residual network whose statistics are not those it began with.
  private func network() -> Sequential {
    let network = seeded(7) {
      Sequential(
        Conv2d(3, 8, kernelSize: 3, padding: 1, bias: false), BatchNorm2d(8), ReLU(), MaxPool2d(2),
        Residual(
          Sequential(
            Conv2d(8, 8, kernelSize: 3, padding: 1, bias: false), BatchNorm2d(8), ReLU(),
            Conv2d(8, 8, kernelSize: 3, padding: 1), BatchNorm2d(8)),
          shortcut: Sequential(Conv2d(8, 8, kernelSize: 1), BatchNorm2d(8)), activation: ReLU()),
        Dropout(0.5), Flatten(), Linear(8 * 16, 12), BatchNorm1d(12), ReLU(), Linear(12, 5))
    }
    for seed in 1...3 { _ = network(images([4, 3, 8, 8], seed: UInt64(seed)), .training(seed: 1)) }
    return network
  }

  private func expectClose(
    _ found: Tensor<Float>, _ expected: Tensor<Double>, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(found.shape == expected.shape, sourceLocation: sourceLocation)
    let largest = expected.scalars.map(abs).max() ?? 0
    for (a, b) in zip(found.scalars, expected.scalars) {
      #expect(abs(Double(a) - b) <= 4e-6 * largest, sourceLocation: sourceLocation)
    }
  }

  private func exact(_ network: any Layer, _ x: Tensor<Float>) -> Tensor<Double> {
    network(x, Context(mode: .inference, precision: .double)).doubles
  }

  @Test(arguments: [0, 1, 5]) func agreesWithTheNetworkInDouble(_ batch: Int) throws {
    let network = network(), ready = network.prepared()
    for seed in 1...2 {
      let x = images([batch, 3, 8, 8], seed: UInt64(seed))
      expectClose(try ready.predict(x), exact(network, x))
    }
  }

  @Test func stepsAreFewerThanLayers() throws {
    let ready = network().prepared(), x = images([2, 3, 8, 8])
    #expect(ready.stepNames(for: x.shape) == nil)
    _ = try ready.predict(x)
    #expect(
      ready.stepNames(for: x.shape) == [
        "conv2d+clamp", "maxPool2d", "image(conv2d+clamp, conv2d)", "conv2d+add+clamp",
        "image(reshaped, matmul+clamp, matmul)",
      ])
  }

  /// Batches of many sizes, more than plans are kept for.
  @Test func manyShapes() throws {
    let network = network(), ready = network.prepared()
    for batch in Array(1...12) + [1, 12] {
      let x = images([batch, 3, 8, 8])
      expectClose(try ready.predict(x), exact(network, x))
    }
  }

  @Test func isASnapshot() throws {
    let network = network(), ready = network.prepared(), x = images([2, 3, 8, 8])
    let expected = exact(network, x)
    for parameter in network.parameters { parameter.value = .filled(1, shape: parameter.shape, precision: .float) }
    _ = network(x, .training(seed: 1))
    expectClose(try ready.predict(x), expected)
    expectClose(try ready.predict(images([3, 3, 8, 8])), exact(self.network(), images([3, 3, 8, 8])))
  }

  /// A network that decides by numbers is called as it is, with the values of the snapshot.
  @Test func networksThatLookAtNumbersAreCalledAsTheyAre() throws {
    let layer = Branching(), ready = layer.prepared()
    layer.weight.value = .float([7])
    #expect(try ready.predict([1, 2]).scalars == [2, 4])
    #expect(try ready.predict([-1, -2]).scalars == [-2, -3])
    #expect(ready.stepNames(for: [2]) == nil)
  }

  @Test func copiesArePreparedWithTheirOwnValues() throws {
    let original = Sequential(Linear(2, 2)), copy = original.copied()
    for parameter in copy.parameters { parameter.value = .filled(1, shape: parameter.shape, precision: .float) }
    #expect(try copy.prepared().predict([[2, 3]]) == [[6, 6]])
  }

  @Test func wrongInputsThrow() async throws {
    let ready = network().prepared()
    #expect(throws: InputError.self) { try ready.predict(.zeros([2, 1, 8, 8])) }
    _ = try await ready.predict(images([2, 3, 8, 8]))
    #expect(throws: InputError.self) { try ready.predict(.zeros([3, 8, 8])) }
    await #expect(throws: InputError.self) { try await ready.predict(.zeros([2, 1, 8, 8])) }
  }

  /// Two models, many tasks and batch sizes at once: the bits of one after the other.
  @Test func manyTasksAtOnce() async throws {
    let models = [network().prepared(), Sequential(Flatten(), Linear(192, 5), Tanh()).prepared()]
    let inputs = (1...4).map { images([$0, 3, 8, 8], seed: UInt64($0)) }
    let expected = try inputs.map { x in try models.map { try $0.predict(x).scalars } }
    let fresh = [network().prepared(), models[1]]
    let results = try await withThrowingTaskGroup(of: (Int, Int, [Float]).self) { group in
      for number in 0..<64 {
        let (model, input) = (number % 2, number / 2 % 4)
        group.addTask { (model, input, try await fresh[model].predict(inputs[input]).scalars) }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(results.count == 64)
    for (model, input, values) in results { #expect(values == expected[input][model]) }
  }
}

/// By itself, since the pool's counters are the whole process's.
@Suite(.serialized)
struct PreparedMemoryTests {
  @Test func steadyStateAsksTheSystemForNothing() async {
    await #expect(processExitsWith: .success) {
      let network = Sequential(
        Conv2d(3, 8, kernelSize: 3, padding: 1), BatchNorm2d(8), ReLU(), MaxPool2d(2), Flatten(), Linear(128, 5))
      let ready = network.prepared()
      for _ in 0..<3 { for batch in 1...3 { _ = try ready.predict(.ones([batch, 3, 8, 8])) } }
      let before = BlockPool.statistics
      for _ in 0..<20 { for batch in 1...3 { _ = try ready.predict(.ones([batch, 3, 8, 8])) } }
      let after = BlockPool.statistics
      #expect(after.systemAllocations == before.systemAllocations)
      #expect(after.inUse == before.inUse)
    }
  }
}
