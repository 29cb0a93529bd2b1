extension PlanePadding {
  /// No padding: only where the whole window lies inside.
  public static let valid: PlanePadding = 0
}

/// What a convolution that pads by itself, with other than zeros, needs to know.
extension ConvolutionGeometry {
  /// The rows and columns put on each side of an image of the given size, `same` worked out.
  ///
  /// - Throws: ``GeometryError`` on overflow.
  public func sides(
    for input: PlaneSize
  ) throws(GeometryError) -> (top: Int, bottom: Int, left: Int, right: Int) {
    let (rows, columns) = try windows(on: input)
    return (rows.before, rows.after, columns.before, columns.after)
  }

  /// The same without padding, for an input that has it already.
  public var unpadded: ConvolutionGeometry {
    ConvolutionGeometry(
      kernel: kernel, stride: stride, dilation: dilation, groups: groups, requiresExactFit: requiresExactFit)
  }
}
