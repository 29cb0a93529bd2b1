import TensorCore
import Testing

/// Chains on images in vector lanes against the operations one by one.
struct LaneChainTests {
  private static func tensor(_ shape: Shape, seed: UInt64) -> Tensor<Float> {
    var random = RandomStream(seed: seed)
    return .normal(shape, using: &random)
  }

  private let first = ChainLink.convolution(
    weight: Self.tensor([6, 1, 5, 5], seed: 1), bias: Self.tensor([6], seed: 2),
    geometry: ConvolutionGeometry(kernel: 5))
  private let second = ChainLink.convolution(
    weight: Self.tensor([16, 3, 3, 3], seed: 3), bias: nil,
    geometry: ConvolutionGeometry(kernel: 3, stride: 2, padding: 1, groups: 2))

  private func plain(_ links: [ChainLink], _ x: Tensor<Float>) -> Tensor<Float> {
    links.reduce(x) { x, link in
      switch link {
      case .convolution(let weight, let bias, let geometry): x.conv2d(weight, bias: bias, geometry: geometry)
      case .tanh: x.tanh()
      case .sigmoid: x.sigmoid()
      case .bounds(let bounds): x.clamped(to: bounds)
      case .maxPool(let geometry): x.maxPool2d(geometry).output
      case .averagePool(let geometry, let countingPadding): x.averagePool2d(geometry, countingPadding: countingPadding)
      case .flatten: x.flattened(from: 1)
      case .product(let matrix, let transposed, _): x.matmul(matrix, transposingRight: transposed)
      }
    }
  }

  /// Whole groups of images and parts of one; every link, pooling with padding and beyond the edge.
  @Test(arguments: [32, 45, 64]) func agreesWithTheOperations(_ batch: Int) throws {
    let links: [ChainLink] = [
      first, .tanh, .maxPool(PoolingGeometry(kernel: 3, stride: 2, padding: 1)), second, .bounds(0...1),
      .averagePool(PoolingGeometry(kernel: 2, stride: 2, padding: 1), countingPadding: false), .sigmoid,
      .averagePool(PoolingGeometry(kernel: 2, stride: 2, padding: 1, roundsUp: true), countingPadding: true),
    ]
    let x = Self.tensor([batch, 1, 19, 18], seed: 5)
    let chain = try #require(LaneChain(links, inputShape: x.shape))
    let expected = plain(links, x), found = chain(x)
    #expect(chain.count == links.count)
    #expect(found.shape == expected.shape && chain.outputShape == expected.shape)
    for (a, b) in zip(found.scalars, expected.scalars) { #expect(abs(a - b) < 2e-6) }
    #expect(chain(x).scalars == found.scalars)
  }

  /// What comes behind the first operation that lanes do not suit is left to others.
  @Test func endsWhereLanesDoNotPay() throws {
    let many = ChainLink.convolution(
      weight: Self.tensor([64, 6, 3, 3], seed: 1), bias: nil, geometry: ConvolutionGeometry(kernel: 3))
    let pool = ChainLink.maxPool(PoolingGeometry(kernel: 2))
    #expect(try #require(LaneChain([first, pool, .tanh, many, .tanh], inputShape: [32, 1, 16, 16])).count == 3)
    // One operation is no chain; a small batch and large maps are for others.
    #expect(LaneChain([first, .tanh, many], inputShape: [32, 1, 16, 16]) == nil)
    #expect(LaneChain([.tanh, first, pool], inputShape: [32, 1, 16, 16]) == nil)
    #expect(try #require(LaneChain([first, pool, .flatten], inputShape: [32, 1, 16, 16])).count == 2)
    #expect(LaneChain([first, pool], inputShape: [1, 1, 16, 16]) == nil)
    #expect(LaneChain([first, pool], inputShape: [32, 1, 300, 300]) == nil)
  }
}
