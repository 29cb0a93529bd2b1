import CKernels

/// A chain of layers on a few small images, such as convolution, activation, pooling and the fully connected layers behind
/// them, image by image: what follows a layer is done before its sums are stored, maps stay in the first-level cache, and one
/// thread takes an image from start to end, since handing its work to another would take longer than the work.
///
/// The same bits with any number of threads: a block of work is an image.
public struct ImageChain: Sendable {
  /// Images up to which going through all of them layer by layer is slower.
  private static let mostImages = 8

  private let program: ImageChainProgram
  private let isPixels: Bool
  private let isAlone: Bool
  /// `[N, C, H, W]` or `[N, k]`: what it takes.
  public let inputShape: Shape
  /// What it gives.
  public let outputShape: Shape
  /// The number of operations that the chain carries out.
  public let count: Int

  /// The chain of the first of the given operations, as many as can run so; nil unless these are two convolutions or products
  /// at least, and for more than eight images.
  public init?(_ links: [ChainLink], inputShape: Shape, packing weights: PackedWeights = PackedWeights()) {
    guard inputShape.rank == 2 || inputShape.rank == 4, inputShape.count > 0, inputShape[0] <= Self.mostImages
    else { return nil }
    var builder = ImageChainBuilder(inputShape, packing: weights)
    var rest = links[...]
    while !rest.isEmpty {
      let taken = builder.add(rest)
      if taken == 0 { break }
      rest = rest.dropFirst(taken)
    }
    guard builder.layers >= 2 else { return nil }
    self.inputShape = inputShape
    (outputShape, isPixels, count) = (builder.shape, builder.isPixels, links.count - rest.count)
    isAlone = builder.work * inputShape[0] <= RowsLimits.aloneWork
    program = builder.program
  }

  /// Stops unless x has ``inputShape``.
  public func callAsFunction(_ x: Tensor<Float>) -> Tensor<Float> {
    guard x.shape == inputShape else { stop("image chain", "takes \(inputShape), not \(x.shape)") }
    let result =
      isPixels ? Tensor<Float>(uninitializedChannelsLast: outputShape) : Tensor<Float>(uninitialized: outputShape)
    AlgorithmLog.note("image chain")
    let images = inputShape[0], from = x.storage, to = result.orderedFloats
    let (input, output) = (x.count / images, outputShape.count / images)
    let run = { (image: Int) in program.run(from.start + image * input, result: to + image * output) }
    if isAlone {
      for image in 0..<images { run(image) }
    } else {
      ThreadPool.run(blocks: images, run)
    }
    return withExtendedLifetime((from, result)) { result }
  }
}

/// The steps of a chain as the kernels read them, with the tables and weights that they point at.
final class ImageChainProgram: @unchecked Sendable {
  private let steps: UnsafeMutableBufferPointer<nt_chain_step>
  private let tables: [ImageChainTable]
  private let weights: [Storage<Float>]
  /// Elements of the maps between steps.
  private let mapCount: Int

  init(
    _ steps: [nt_chain_step], tables: [ImageChainTable], weights: [Storage<Float>], mapCount: Int
  ) {
    self.steps = .allocate(capacity: steps.count)
    _ = self.steps.initialize(from: steps)
    (self.tables, self.weights, self.mapCount) = (tables, weights, mapCount)
  }

  deinit { steps.deallocate() }

  func run(_ image: UnsafePointer<Float>, result: UnsafeMutablePointer<Float>) {
    Scratch<Float>.with(count: mapCount) { maps in
      nt_chain_run(steps.baseAddress, steps.count, image, maps.start, result)
    }
  }
}

/// Numbers at a place of their own, as long as anyone holds the table.
final class ImageChainTable: @unchecked Sendable {
  let numbers: UnsafeMutableBufferPointer<Int>

  init(_ numbers: [Int]) {
    self.numbers = .allocate(capacity: numbers.count)
    _ = self.numbers.initialize(from: numbers)
  }

  deinit { numbers.deallocate() }
}
