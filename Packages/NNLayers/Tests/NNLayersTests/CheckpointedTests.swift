import Autograd
import NNLayers
import TensorCore
import Testing

struct CheckpointedTests {
  /// A block with all that could go wrong: batch statistics, dropout, a buffer that moves by itself, a frozen weight.
  private static func block() -> Sequential {
    let frozen = Conv2d(8, 8, kernelSize: 1)
    frozen.weight.isTrainable = false
    return Sequential(
      Conv2d(4, 8, kernelSize: 3, padding: 1, bias: false), BatchNorm2d(8), ReLU(), Dropout(0.3), frozen,
      SpectralNorm(Conv2d(8, 4, kernelSize: 3, padding: 1)), BatchNorm2d(4), Tanh())
  }

  private static func images(_ seed: UInt64) -> Tensor<Float> {
    var random = RandomStream(seed: seed)
    return .normal([5, 4, 9, 7], using: &random)
  }

  /// Two blocks with dropout between them, of which the first or both are calculated twice: gradients, running statistics
  /// and everything drawn afterwards are equal to the bit, over several steps.
  @Test(arguments: [1, 2])
  func sameBits(threads: Int) {
    ThreadPool.threadCount = threads
    func run(_ wrap: (Sequential) -> any Layer) -> [[Float]] {
      let network = seeded(4) {
        Sequential(wrap(Self.block()), Dropout(0.2), wrap(Self.block()), Conv2d(4, 2, kernelSize: 1))
      }
      var numbers: [[Float]] = []
      for seed in 1...3 as ClosedRange<UInt64> {
        let context = Context.training(seed: seed)
        let x = context.tape?.watch(Self.images(seed)) ?? Variable(Self.images(seed))
        let y = network(x, context)
        let gradients = (y * y).sum().gradients()
        numbers.append(y.floats.scalars)
        numbers.append(gradients[x]?.floats.scalars ?? [])
        for parameter in network.parameters { numbers.append(gradients[parameter]?.floats.scalars ?? []) }
        for (_, cell) in network.namedState {
          if case .buffer(let buffer) = cell, case .tensor(let value) = buffer.value {
            numbers.append(value.floats.scalars)
          }
        }
        numbers.append(Tensor<Float>.uniform([3], in: 0..<1, using: &context.random).scalars)
      }
      return numbers
    }
    let expected = run { $0 }
    #expect(expected.count > 30)
    #expect(run { Checkpointed($0) } == expected)
    #expect(run { Sequential(named: ["0": Checkpointed($0)]) } == expected)
  }

  @Test func namesAreTheBlocks() throws {
    let block = Self.block()
    #expect(Checkpointed(block).namedState.map(\.name) == block.namedState.map(\.name))
    #expect(try Checkpointed(block).outputShape(for: [2, 4, 9, 9]) == [2, 4, 9, 9])
    #expect(try Checkpointed(block).predict(Self.images(1)) == block.predict(Self.images(1)))
  }

  @Test func agreesWithFiniteDifferences() {
    let layer = seeded(5) {
      Checkpointed(Sequential(Conv2d(1, 2, kernelSize: 3, bias: false), BatchNorm2d(2), Tanh(), Dropout(0.3)))
    }
    var random = RandomStream(seed: 7)
    #expect(gradientError(layer, at: .normal([2, 1, 4, 4], using: &random)) < 1e-6)
  }

  /// Layers that replace a weight by a calculated one reach into the block.
  @Test func calculatedWeights() {
    func gradients(_ wrap: (Conv2d) -> any Layer) -> [Float] {
      let convolution = seeded(3) { Conv2d(4, 4, kernelSize: 1) }
      let block = wrap(convolution)
      let context = Context.training(seed: 1)
      let half = context[convolution.weight] * 0.5
      let y = context.replacing(convolution.weight, with: half) { block(Self.images(1), context) }
      return (y * y).sum().gradients()[convolution.weight]?.floats.scalars ?? []
    }
    let expected = gradients { $0 }
    #expect(!expected.isEmpty)
    #expect(gradients { Checkpointed($0) } == expected)
  }

  @Test func copiesAreIndependent() {
    let block = seeded(3) { Checkpointed(Self.block()) }
    let copy = block.copied()
    let gradients = copy(Self.images(1), .training(seed: 1)).sum().gradients()
    #expect(copy.parameters.contains { gradients[$0] != nil })
    #expect(block.parameters.allSatisfy { gradients[$0] == nil })
  }

  @Test func observersSeeTheInside() {
    let network = Sequential(named: ["block": Checkpointed(Sequential(named: ["act": Tanh(), "flat": Flatten()]))])
    let context = Context.training(seed: 1)
    var names: [String] = []
    context.observe { names.append($0.name) }
    _ = network(Self.images(1), context)
    #expect(names.contains("block.act"))
  }

  /// Eight blocks of four maps each: 2 MB a map, of which at most the inputs and one block's inside are there.
  @Test func memoryFalls() async {
    await #expect(processExitsWith: .success) {
      func peak(_ wrap: (Sequential) -> any Layer) -> Int {
        let network = Sequential(
          (0..<8).map { _ in wrap(Sequential(Tanh(), Sigmoid(), Tanh(), Sigmoid())) as any Layer })
        let context = Context.training(seed: 1)
        guard let x = context.tape?.watch(Tensor<Float>.ones([512, 1024])) else { fatalError("no tape") }
        BlockPool.resetPeak()
        let before = BlockPool.statistics.peak
        _ = network(x, context).sum().gradients()
        return BlockPool.statistics.peak - before
      }
      let (plain, checkpointed) = (peak { $0 }, peak { Checkpointed($0) })
      guard plain > 32 << 21, checkpointed < plain / 2 else { fatalError("\(plain) \(checkpointed)") }
    }
  }

  /// A context whose loss is never asked for gradients goes away with its tape.
  @Test func forgottenTapesAreFreed() {
    let block = Checkpointed(Sequential(Tanh(), Dropout(0.5)))
    weak var forgotten: Context?
    do {
      let context = Context.training(seed: 1)
      let x = context.tape?.watch(Self.images(1)) ?? Variable(Self.images(1))
      #expect(block(x, context).isRecorded)
      forgotten = context
    }
    #expect(forgotten == nil)
  }
}
