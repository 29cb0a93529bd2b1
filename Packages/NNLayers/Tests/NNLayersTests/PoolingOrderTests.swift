import Autograd
import NNLayers
import TensorCore
import Testing

/// Convolution, ReLU and max pooling in one chain, which training calculates in another order than one by one.
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
