import CKernels

/// What Winograd's convolution costs beside the direct one, in multiply-adds of a vector (a core does two in a cycle), and
/// how its work is cut; by shape and kernel form only. Measured with AVX-512 and AVX2, 16 to 512 channels.
struct WinogradCost {
  /// Both transforms of a vector of channels of one tile, with their share of the memory traffic.
  private static let transforms = 500.0
  /// The transform of the kernels of a vector of outputs for one input.
  private static let kernelTransform = 600.0
  /// What part of the peak a direct convolution reaches.
  private static let directShare = 0.7
  /// Reading a byte of the weights from memory.
  private static let weightByte = 0.4

  let pays: Bool

  init(_ shapes: ConvolutionShapes) {
    guard WinogradConvolution.applies(to: shapes), shapes.output.count > 0 else {
      pays = false
      return
    }
    let lanes = Double(nt_lane_count()), filters = shapes.weight[0]
    let inputs = shapes.input[1] * WinogradKernels(shapes.weight).places.count, channels = Double(inputs)
    let taps = Double(shapes.weight[1] * shapes.weight[2] * shapes.weight[3])
    let vectors = (Double(filters) / lanes).rounded(.up)
    let tiles = shapes.batch * ((shapes.output[2] + 3) / 4) * ((shapes.output[3] + 3) / 4)
    let weightBytes = 4 * channels * Double(filters)
    var winograd = Double(tiles) * (36 * channels * vectors + Self.transforms * (vectors + channels / lanes))
    if Self.takesStages(inputs, filters, tiles: tiles) {
      winograd += channels * vectors * Self.kernelTransform
    } else {
      winograd = max(winograd, 36 * weightBytes * Self.weightByte)
    }
    let direct = Double(shapes.batch * shapes.output[2] * shapes.output[3]) * taps * vectors
    pays = winograd < max(direct / Self.directShare, 4 * taps * Double(filters) * Self.weightByte)
  }

  /// Whether the transformed weights are larger than a share of the third-level cache.
  private static func weightsExceedCache(_ channels: Int, _ filters: Int) -> Bool {
    144 * channels * filters > 1 << 24
  }

  /// Whether threads share the tiles' transforms and transform kernels as they need them. With 256 tiles and more it is
  /// cheaper to do so once.
  static func takesStages(_ channels: Int, _ filters: Int, tiles: Int) -> Bool {
    weightsExceedCache(channels, filters) && tiles < 256
  }

  /// Tiles of a stage of a pass.
  static let tilesOfPanel = 128

  /// Tiles of a block: as many as keep what lies between the transforms within 1 MiB, and enough to use the weights often
  /// while they are near; many more where these come from memory.
  static func tilesOfBlock(_ channels: Int, _ filters: Int) -> Int {
    if weightsExceedCache(channels, filters) { return 128 }
    return min(56, max(14, (1 << 20) / (144 * (channels + filters))))
  }

  /// Whether the sums of the weights' gradient fit into a thread's second-level cache, or nearly so.
  static func sumsFitCache(_ channels: Int, _ filters: Int) -> Bool { channels * filters <= 1 << 13 }

  /// Tiles of a stage of the weights' gradient: as many as let their transforms lie in the third-level cache; more where
  /// the sums, which each stage reads and writes, are larger than that cache themselves.
  static func tilesOfStage(_ channels: Int, _ filters: Int) -> Int {
    if weightsExceedCache(channels, filters) { return 512 }
    return max(64, (5 << 20) / (144 * (channels + filters)))
  }
}
