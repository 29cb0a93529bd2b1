/// What is put around a volume before a window slides over it; an integer literal means all six sides.
public enum VolumePadding: Sendable, Hashable, ExpressibleByIntegerLiteral {
  /// That many planes in front and behind, rows above and below, columns left and right.
  case sides(front: Int, back: Int, top: Int, bottom: Int, left: Int, right: Int)
  /// As many as make the output `ceil(input / stride)` large; the odd one behind, below or on the right.
  case same

  /// No padding: only where the whole window lies inside.
  public static let valid: VolumePadding = 0

  /// The same number in front and behind, above and below, left and right.
  public static func symmetric(_ size: VolumeSize) -> VolumePadding {
    .sides(
      front: size.depth, back: size.depth, top: size.height, bottom: size.height, left: size.width, right: size.width)
  }

  public init(integerLiteral side: Int) { self = .symmetric(VolumeSize(side)) }

  /// What is put around each plane.
  fileprivate var planes: PlanePadding {
    guard case .sides(_, _, let top, let bottom, let left, let right) = self else { return .same }
    return .sides(top: top, bottom: bottom, left: left, right: right)
  }

  /// What is put around the depth, as the height of an image of one column.
  fileprivate var depth: PlanePadding {
    guard case .sides(let front, let back, _, _, _, _) = self else { return .same }
    return .sides(top: front, bottom: back, left: 0, right: 0)
  }
}

/// How a convolution's kernel slides over a volume `[D, H, W]`: as ``ConvolutionGeometry``, along three axes.
public struct VolumeConvolutionGeometry: Sendable, Hashable {
  /// The planes, rows and columns of a filter.
  public let kernel: VolumeSize
  /// The steps from one position to the next.
  public let stride: VolumeSize
  /// The zeros around the volume.
  public let padding: VolumePadding
  /// The distance between neighbouring elements of a filter.
  public let dilation: VolumeSize
  /// The channels are cut into this many equal groups, each convolved with its own filters only.
  public let groups: Int
  /// The convolution of the planes.
  public let planes: ConvolutionGeometry
  /// The convolution along the depth, of images `[D, 1]`.
  public let depth: ConvolutionGeometry

  /// A geometry of sizes in the program itself: stride 1, no padding, dilation 1 and one group unless given.
  ///
  /// Stops unless kernel, stride, dilation and groups are at least 1 and the padding is not negative.
  public init(
    kernel: VolumeSize, stride: VolumeSize = 1, padding: VolumePadding = 0, dilation: VolumeSize = 1, groups: Int = 1
  ) {
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
    self.dilation = dilation
    self.groups = groups
    planes = ConvolutionGeometry(
      kernel: kernel.plane, stride: stride.plane, padding: padding.planes, dilation: dilation.plane, groups: groups)
    depth = ConvolutionGeometry(
      kernel: PlaneSize(height: kernel.depth, width: 1), stride: PlaneSize(height: stride.depth, width: 1),
      padding: padding.depth, dilation: PlaneSize(height: dilation.depth, width: 1))
  }

  /// The same without padding, for an input that has it already.
  public var unpadded: VolumeConvolutionGeometry {
    VolumeConvolutionGeometry(kernel: kernel, stride: stride, dilation: dilation, groups: groups)
  }

  /// The output's shape `[N, K, OD, OH, OW]` for an input `[N, C, D, H, W]` and a weight `[K, C/groups, T, R, S]`.
  ///
  /// - Throws: ``GeometryError`` with both shapes where they do not go together.
  public func outputShape(input: Shape, weight: Shape) throws(GeometryError) -> Shape {
    try VolumeShapes(input: input, weight: weight, geometry: self).output
  }
}
