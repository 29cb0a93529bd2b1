import Autograd
import NNLayers
import TensorCore
import Testing

/// Activations and max pooling in one chain, which training calculates in another order than one by one.
struct PoolingOrderTests {
  private static func images(_ shape: Shape) -> Tensor<Float> {
    var random = RandomStream(seed: 3)
    return .normal(shape, using: &random)
  }

  /// Whole chains against their layers called one after the other: outputs and gradients are equal to the bit, with windows
  /// side by side, overlapping and padded, and where most of the maxima are not positive.
  @Test(arguments: [0, -1.5])
  func sameBits(bias: Float) {
    let pools = [MaxPool2d(2), MaxPool2d(3, stride: 2), MaxPool2d(3, stride: 1, padding: 1)]
    for (number, pool) in pools.enumerated() {
      let convolution = seeded(UInt64(number)) { Conv2d(3, 8, kernelSize: 3, padding: 1) }
      convolution.bias?.value = .float(Tensor(repeating: bias, shape: [8]))
      let chain = Sequential(convolution, ReLU(), pool, Conv2d(8, 4, kernelSize: 1))
      func run(_ call: (Variable, Context) -> Variable) -> [[Float]?] {
        let context = Context.training(seed: 1)
        let x = context.tape?.watch(Self.images([4, 3, 11, 14])) ?? Variable(Self.images([4, 3, 11, 14]))
        let y = call(x, context)
        let gradients = (y * y).sum().gradients()
        return [y.floats.scalars, gradients[x]?.floats.scalars] + chain.parameters.map { gradients[$0]?.floats.scalars }
      }
      let together = run { chain($0, $1) }
      let apart = run { x, context in chain.layers.reduce(x) { $1($0, context) } }
      #expect(together == apart)
      #expect(together.allSatisfy { $0 != nil })
    }
  }

  /// Functions that grow, in chains and called one by one: the elements that are chosen are the same, so that outputs and
  /// gradients differ by rounding only.
  @Test(arguments: [Tanh(), Sigmoid(), ScaledTanh()] as [any Layer])
  func growingFunctions(_ activation: any Layer) throws {
    for pool in [MaxPool2d(2), MaxPool2d(3, stride: 1, padding: 1)] {
      let chain = seeded(5) { Sequential(Conv2d(2, 6, kernelSize: 5), activation, pool, Conv2d(6, 4, kernelSize: 3)) }
      func run(_ call: (Variable, Context) -> Variable) throws -> [[Float]] {
        let context = Context.training(seed: 1)
        let images = Self.images([3, 2, 16, 18])
        let x = try #require(context.tape).watch(images)
        let y = call(x, context)
        let gradients = (y * y).sum().gradients()
        let found = [gradients[x]?.floats] + chain.parameters.map { gradients[$0]?.floats }
        return [y.floats.scalars] + found.compactMap { $0?.scalars }
      }
      let together = try run { chain($0, $1) }
      let apart = try run { x, context in chain.layers.reduce(x) { $1($0, context) } }
      try #require(together.count == apart.count && together.count >= 6)
      for (found, expected) in zip(together, apart) {
        let largest = expected.map(abs).max() ?? 0
        #expect(largest > 0)
        #expect(zip(found, expected).allSatisfy { abs($0 - $1) <= 2e-6 * largest })
      }
    }
  }

  /// The function comes after the pooling, whose elements are a quarter.
  @Test func growingFunctionsComeLast() {
    let chain = Sequential(Tanh(), MaxPool2d(2)), context = Context.training(seed: 1)
    guard let tape = context.tape else { return #expect(Bool(false), "a training context records") }
    let x = tape.watch(Self.images([1, 1, 4, 4]))
    var names: [String] = []
    tape.observe { names.append($0.operation.name) }
    _ = chain(x, context)
    #expect(names == ["maxPool2d", "tanh"])
  }

  /// Between the passes the convolution's output, 6.4 MB, is not there; its maxima, a quarter, and their choices are.
  @Test func outputIsNotKept() async {
    await #expect(processExitsWith: .success) {
      let chain = Sequential(Conv2d(16, 64, kernelSize: 3, padding: 1), ReLU(), MaxPool2d(2))
      let context = Context.training(seed: 1)
      let x = Variable(Self.images([8, 16, 56, 56]))
      _ = chain(x, .training(seed: 2))
      let before = BlockPool.statistics.inUse
      let y = chain(x, context)
      let kept = BlockPool.statistics.inUse - before
      guard kept < 4_000_000 else { fatalError("\(kept) bytes") }
      withExtendedLifetime(y) {}
    }
  }
}
