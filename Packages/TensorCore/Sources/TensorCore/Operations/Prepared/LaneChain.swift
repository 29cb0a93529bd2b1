import CKernels

/// A chain of operations on small maps, such as convolution, activation and pooling, with 4, 8 or 16 images side by side in
/// vector lanes (see `LaneConvolution`) from its start to its end: the images are brought into that order once, and their
/// maps stay in the second-level cache.
///
/// The same bits with any number of threads: a block of work is a group of images.
public struct LaneChain: Sendable {
  /// Bytes of the largest map of a group of images: two of them are in use at a time.
  private static let mapBytes = 512 << 10
  /// Channels up to which lanes beat channels side by side.
  private static let mostChannels = 16

  private let steps: [LaneStep]
  private let lanes = nt_lane_count()
  /// `[N, C, H, W]`: what it takes.
  public let inputShape: Shape
  /// What it gives.
  public let outputShape: Shape

  /// The chain of the first of the given operations, as many as can run so; nil unless these are a convolution and, sooner
  /// or later, another one or a pooling, and for a batch that makes fewer than two groups.
  public init?(_ links: [ChainLink], inputShape: Shape, packing weights: PackedWeights = PackedWeights()) {
    guard case .convolution = links.first, inputShape.rank == 4, inputShape[0] >= 2 * lanes else { return nil }
    var shape = inputShape
    var steps: [LaneStep] = []
    for link in links {
      guard let step = Self.step(link, on: shape, weights), Self.fits(step.output) else { break }
      steps.append(step)
      shape = step.output
    }
    guard steps.dropFirst().contains(where: \.makesNewMap), Self.fits(inputShape) else { return nil }
    (self.steps, self.inputShape, outputShape) = (steps, inputShape, shape)
  }

  /// The number of operations that the chain carries out.
  public var count: Int { steps.count }

  private static func fits(_ shape: Shape) -> Bool {
    shape.dropFirst().reduce(nt_lane_count() * MemoryLayout<Float>.size, *) <= mapBytes
  }

  private static func step(_ link: ChainLink, on shape: Shape, _ weights: PackedWeights) -> LaneStep? {
    switch link {
    case .flatten, .product: return nil
    case .tanh: return LaneStep(.unary(nt_tanh), output: shape)
    case .sigmoid: return LaneStep(.unary(nt_sigmoid), output: shape)
    case .bounds(let bounds): return LaneStep(.bounds(bounds), output: shape)
    case .maxPool(let geometry):
      guard let shapes = try? PoolingShapes(input: shape, geometry: geometry) else { return nil }
      return LaneStep(.maxPool(shapes.laneWindows(countingPadding: false)), output: shapes.output)
    case .averagePool(let geometry, let countingPadding):
      guard let shapes = try? PoolingShapes(input: shape, geometry: geometry) else { return nil }
      return LaneStep(.averagePool(shapes.laneWindows(countingPadding: countingPadding)), output: shapes.output)
    case .convolution(let weight, let bias, let geometry):
      guard let shapes = try? ConvolutionShapes(input: shape, weight: weight.shape, geometry: geometry),
        max(shapes.weight[0] / shapes.groups, shapes.weight[1]) <= mostChannels,
        let convolution = LaneConvolution(shapes)
      else { return nil }
      let packed = weights.packed(weight, as: "lanes in \(shapes.groups) groups") { convolution.packed($0) }
      return LaneStep(.convolution(convolution.sizes, packed, bias), output: shapes.output)
    }
  }

  /// Stops unless x has ``inputShape``.
  public func callAsFunction(_ x: Tensor<Float>) -> Tensor<Float> {
    guard x.shape == inputShape else { stop("lane chain", "takes \(inputShape), not \(x.shape)") }
    let result = Tensor<Float>(uninitialized: outputShape)
    AlgorithmLog.note("lanes")
    let from = x.storage, to = result.storage
    ThreadPool.run(blocks: (inputShape[0] + lanes - 1) / lanes) { group in
      let images = group * lanes..<min((group + 1) * lanes, inputShape[0])
      var map = LaneMap(inputShape)
      map.load(from.start, images: images, height: inputShape[2])
      for step in steps { map = step.run(on: map) }
      map.store(to.start, images: images, height: outputShape[2])
    }
    withExtendedLifetime((from, to)) {}
    return result
  }
}

/// An operation on the maps of a group of images.
private struct LaneStep: Sendable {
  enum Kind: Sendable {
    case convolution(nt_lane_convolution, Storage<Float>, Tensor<Float>?)
    case unary(nt_unary_op)
    case bounds(ClosedRange<Float>)
    case maxPool(PixelWindows)
    case averagePool(PixelWindows)
  }

  let kind: Kind
  /// The shape that the tensor would have, `[N, C, H, W]`.
  let output: Shape

  init(_ kind: Kind, output: Shape) { (self.kind, self.output) = (kind, output) }

  /// Whether it is more than a function of each element.
  var makesNewMap: Bool {
    switch kind {
    case .unary, .bounds: false
    case .convolution, .maxPool, .averagePool: true
    }
  }

  func run(on map: LaneMap) -> LaneMap {
    switch kind {
    case .convolution(let sizes, let weight, let bias):
      let result = LaneMap(output), bias = bias?.storage
      withUnsafePointer(to: sizes) {
        nt_lane_convolve($0, map.start, weight.start, bias.map { UnsafePointer($0.start) }, result.start)
      }
      withExtendedLifetime((map, bias)) {}
      return result
    case .unary(let operation):
      _ = nt_unary(operation, nt_float, map.start, map.start, map.count)
    case .bounds(let bounds):
      withUnsafePointer(to: bounds.lowerBound) { low in
        withUnsafePointer(to: bounds.upperBound) { nt_clamp(nt_float, map.start, low, $0, map.start, map.count) }
      }
    case .maxPool(let windows):
      let result = LaneMap(output)
      windows.forEachOutputRow { nt_pixel_maxima($0, $1.lowerBound, $1.upperBound, map.start, result.start) }
      return result
    case .averagePool(let windows):
      let result = LaneMap(output)
      windows.forEachOutputRow { nt_pixel_average($0, $1.lowerBound, $1.upperBound, map.start, result.start) }
      return result
    }
    return map
  }
}

extension LaneMap {
  /// The maps of a group of images of a tensor of the given shape.
  fileprivate init(_ shape: Shape) { self.init(channels: shape[1], rows: 0..<shape[2], width: shape[3]) }
}

extension PoolingShapes {
  /// The windows on lane maps: a plane is an image and its lanes are the channels of pixels.
  fileprivate func laneWindows(countingPadding: Bool) -> PixelWindows {
    let windows = pixelWindows(countingPadding: countingPadding)
    return PixelWindows(images: input[1], channels: nt_lane_count(), rows: windows.rows, columns: windows.columns)
  }
}
