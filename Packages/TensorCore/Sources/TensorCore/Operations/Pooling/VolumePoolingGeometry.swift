/// How a pooling window slides over a volume `[D, H, W]`: as ``PoolingGeometry``, along three axes.
public struct VolumePoolingGeometry: Sendable, Hashable {
  /// The planes, rows and columns of a window.
  public let kernel: VolumeSize
  /// The steps from one window to the next.
  public let stride: VolumeSize
  /// The planes, rows and columns put on either side.
  public let padding: VolumeSize
  /// Whether a last window that goes beyond the padded volume counts, if it starts inside; see ``PoolingGeometry/roundsUp``.
  public let roundsUp: Bool
  /// The pooling of each plane `[H, W]` by itself, which comes first.
  public let planes: PoolingGeometry
  /// The pooling of the results along the depth, as an image `[D, H' · W']`, which comes second.
  public let depth: PoolingGeometry

  /// A geometry of sizes in the program itself. The stride is the kernel's size unless given: windows side by side.
  ///
  /// Stops unless kernel and stride are at least 1, and the padding smaller than the kernel and not negative.
  public init(
    kernel: VolumeSize, stride: VolumeSize? = nil, padding: VolumeSize = 0, roundsUp: Bool = false
  ) {
    let stride = stride ?? kernel
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
    self.roundsUp = roundsUp
    planes = PoolingGeometry(
      kernel: kernel.plane, stride: stride.plane, padding: .symmetric(padding.plane), roundsUp: roundsUp)
    depth = PoolingGeometry(
      kernel: PlaneSize(height: kernel.depth, width: 1), stride: PlaneSize(height: stride.depth, width: 1),
      padding: .symmetric(PlaneSize(height: padding.depth, width: 0)), roundsUp: roundsUp)
  }

  /// The output's shape `[N, C, OD, OH, OW]` for an input `[N, C, D, H, W]`.
  ///
  /// - Throws: ``GeometryError`` if the window does not fit.
  public func outputShape(input: Shape) throws(GeometryError) -> Shape {
    guard input.rank == 5 else { throw GeometryError("the input must be [N, C, D, H, W], it is \(input)") }
    let plane = try planes.outputShape(input: [input[0], input[1], input[3], input[4]])
    let line = try depth.outputShape(input: [input[0], input[1], input[2], 1])
    return [input[0], input[1], line[2], plane[2], plane[3]]
  }
}
