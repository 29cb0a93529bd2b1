import TensorCore
import Testing

/// Chains on single images against the operations one by one, in Double.
struct ImageChainTests {
  private static func tensor(_ shape: Shape, seed: UInt64) -> Tensor<Float> {
    var random = RandomStream(seed: seed)
    return .normal(shape, using: &random)
  }

  /// Weights whose sums over so many inputs are about 1.
  private static func weight(_ shape: Shape, inputs: Int, seed: UInt64) -> Tensor<Float> {
    tensor(shape, seed: seed) * (1 / Float(inputs).squareRoot())
  }

  private static func convolution(_ weight: Shape, bias: Bool = true, _ geometry: ConvolutionGeometry) -> ChainLink {
    .convolution(
      weight: self.weight(weight, inputs: weight.count / weight[0], seed: 1),
      bias: bias ? tensor([weight[0]], seed: 2) : nil, geometry: geometry)
  }

  private static func product(_ inputs: Int, _ outputs: Int, transposed: Bool = true, bias: Bool = true) -> ChainLink {
    .product(
      matrix: weight(transposed ? [outputs, inputs] : [inputs, outputs], inputs: inputs, seed: 3),
      transposed: transposed,
      bias: bias ? tensor([outputs], seed: 4) : nil)
  }

  private static let pairs = PoolingGeometry(kernel: 2)

  private func exact(_ links: [ChainLink], _ x: Tensor<Float>) -> Tensor<Double> {
    links.reduce(x.converted(to: Double.self)) { x, link in
      switch link {
      case .convolution(let weight, let bias, let geometry):
        return x.conv2d(
          weight.converted(to: Double.self), bias: bias?.converted(to: Double.self), geometry: geometry)
      case .tanh: return x.tanh()
      case .sigmoid: return x.sigmoid()
      case .bounds(let bounds): return x.clamped(to: Double(bounds.lowerBound)...Double(bounds.upperBound))
      case .maxPool(let geometry): return x.maxPool2d(geometry).output
      case .averagePool(let geometry, let countingPadding):
        return x.averagePool2d(geometry, countingPadding: countingPadding)
      case .flatten: return x.flattened(from: 1)
      case .product(let matrix, let transposed, let bias):
        let y = x.matmul(matrix.converted(to: Double.self), transposingRight: transposed)
        return bias.map { y + $0.converted(to: Double.self) } ?? y
      }
    }
  }

  /// Whether the chain takes all links, and gives what they give, for a batch of images of the given shape.
  private func check(_ links: [ChainLink], _ image: [Int], batches: [Int] = [1]) throws {
    for batch in batches {
      let x = Self.tensor(Shape([batch] + image), seed: 5)
      let chain = try #require(ImageChain(links, inputShape: x.shape))
      let expected = exact(links, x), found = chain(x)
      #expect(chain.count == links.count)
      #expect(found.shape == expected.shape && chain.outputShape == expected.shape)
      let largest = expected.scalars.map(abs).max() ?? 0
      for (a, b) in zip(found.scalars, expected.scalars) { #expect(abs(Double(a) - b) < 1e-6 * largest) }
      #expect(chain(x).scalars == found.scalars)
      // What an image becomes does not depend on the others.
      let alone = try #require(ImageChain(links, inputShape: Shape([1] + image)))
      let last = Tensor<Float>(Array(x.scalars.suffix(x.count / batch)), shape: Shape([1] + image))
      #expect(alone(last).scalars == Array(found.scalars.suffix(found.count / batch)))
    }
  }

  /// A small network's layers to their end: planes, then patches of planes, then rows in the pixels' order.
  @Test func wholeNetworks() throws {
    let kernel = ConvolutionGeometry(kernel: 5)
    try check(
      [
        Self.convolution([6, 1, 5, 5], kernel), .maxPool(Self.pairs), .tanh, Self.convolution([16, 6, 5, 5], kernel),
        .maxPool(Self.pairs), .sigmoid, .flatten, Self.product(400, 120), .tanh, Self.product(120, 84), .bounds(-3...3),
        Self.product(84, 10),
      ], [1, 32, 32], batches: [1, 3, 8])
  }

  /// Both ways of pooling before, behind and without a function, with rows and columns left over, on maps narrower and wider
  /// than a vector.
  @Test(arguments: [9, 14, 21, 37]) func functionsAndPooling(_ width: Int) throws {
    let mean = ChainLink.averagePool(Self.pairs, countingPadding: true), kernel = ConvolutionGeometry(kernel: 3)
    let endings: [[ChainLink]] = [
      [], [.tanh], [.bounds(0...Float.infinity), mean], [mean], [.sigmoid, mean],
      [.bounds(-1...1), .maxPool(Self.pairs)],
      [.maxPool(Self.pairs), .bounds(-1...1)], [.maxPool(Self.pairs)],
    ]
    for ending in endings {
      // Few filters, and more than two vectors of them.
      for (few, many) in [(1, 5), (7, 37)] {
        try check(
          [Self.convolution([few, 2, 3, 3], kernel)] + ending + [
            Self.convolution(
              [many, few, 2, 2],
              ConvolutionGeometry(kernel: 2))
          ] + ending, [2, 10, width])
      }
    }
  }

  /// Zeros around the image, on planes and on pixels; strides, dilation, rows and columns apart.
  @Test func geometries() throws {
    let geometries: [ConvolutionGeometry] = [
      ConvolutionGeometry(kernel: 3, padding: 1),
      ConvolutionGeometry(kernel: PlaneSize(height: 3, width: 2), stride: 2, padding: .same),
      ConvolutionGeometry(kernel: 3, padding: 2, dilation: 2),
      ConvolutionGeometry(
        kernel: 3, stride: PlaneSize(height: 1, width: 2), padding: .sides(top: 0, bottom: 2, left: 1, right: 0),
        dilation: PlaneSize(height: 1, width: 2)),
    ]
    for first in geometries {
      for second in geometries {
        let weights = (
          Shape([20, 3, first.kernel.height, first.kernel.width]),
          Shape([4, 20, second.kernel.height, second.kernel.width])
        )
        try check(
          [
            Self.convolution(weights.0, first), .tanh, Self.convolution(weights.1, bias: false, second),
            .maxPool(Self.pairs),
          ],
          [3, 15, 15], batches: [1, 2])
      }
    }
  }

  /// Rows alone, both orders of the matrix, columns of every number of vectors, inputs that leave a rest.
  @Test(arguments: [1, 7, 10, 33, 84, 120, 250]) func products(_ width: Int) throws {
    try check(
      [
        Self.product(37, width, transposed: false), .bounds(0...Float.infinity), Self.product(width, 21, bias: false),
        .sigmoid,
      ], [37], batches: [1, 8])
    try check([.flatten, Self.product(60, width), Self.product(width, 3)], [3, 4, 5])
  }

  /// What comes behind the first operation that does not suit is left to others.
  @Test func endsWhereItDoesNotPay() throws {
    let kernel = ConvolutionGeometry(kernel: 3)
    let (first, second) = (Self.convolution([6, 1, 3, 3], kernel), Self.convolution([8, 6, 3, 3], kernel))
    let wide = ChainLink.maxPool(PoolingGeometry(kernel: 3))
    func count(_ links: [ChainLink], _ shape: Shape) -> Int? { ImageChain(links, inputShape: shape)?.count }
    #expect(count([first, second, wide, .tanh], [1, 1, 16, 16]) == 2)
    #expect(count([first, second, .tanh, .tanh], [1, 1, 16, 16]) == 3)
    // Rows of pixels need a product behind them.
    #expect(count([first, second, .flatten], [1, 1, 16, 16]) == 2)
    #expect(count([first, second, .flatten, .tanh], [1, 1, 16, 16]) == 2)
    // One layer is no chain; many images, large maps and large matrices are for others.
    #expect(count([first, .tanh], [1, 1, 16, 16]) == nil)
    #expect(count([first, wide, second], [1, 1, 16, 16]) == nil)
    #expect(count([first, second], [9, 1, 16, 16]) == nil)
    #expect(count([first, second], [0, 1, 16, 16]) == nil)
    #expect(count([first, second], [1, 1, 200, 200]) == nil)
    #expect(count([Self.product(600, 400), Self.product(400, 10)], [1, 600]) == nil)
    let grouped = Self.convolution([6, 1, 3, 3], ConvolutionGeometry(kernel: 3, groups: 2))
    #expect(count([grouped, second], [1, 2, 16, 16]) == nil)
  }

  @Test func anotherShapeStops() async {
    await #expect(processExitsWith: .failure) {
      let link = ImageChainTests.product(4, 4)
      _ = ImageChain([link, link], inputShape: [1, 4])?(Tensor<Float>.zeros([2, 4]))
    }
  }
}
