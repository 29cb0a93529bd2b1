extension Tensor where Scalar: FloatingScalar {
  /// The matrix of a convolution as a linear map of flattened images; self is the weight, `[K, C/groups, R, S]`:
  ///
  ///     matrix[(k, y, x), (c, y·stride + r·dilation - top, x·stride + s·dilation - left)] = weight[k,c,r,s]
  ///
  /// and zero elsewhere: along each axis the same numbers on each diagonal, a Toeplitz matrix of Toeplitz blocks.
  /// `matrix · image` is ``conv2d(_:bias:geometry:)``; `matrixᵀ · gradient` the gradient of its input.
  ///
  /// For small images, to look at and to test with: nearly all elements are zeros.
  ///
  /// - Parameters:
  ///   - size: the image's height and width.
  ///   - geometry: stride, padding, dilation and groups.
  /// - Returns: `[K·OH·OW, C·H·W]`. Stops where the shapes do not go together.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func toeplitzMatrix(imageSize size: PlaneSize, geometry: ConvolutionGeometry) -> Tensor {
    guard rank == 4 else { stop("Toeplitz matrix", "the weight must be [K, C/groups, R, S], it is \(shape)") }
    let image: Shape = [1, shape[1] * geometry.groups, size.height, size.width]
    let shapes = ConvolutionShapes.checked("Toeplitz matrix", input: image, weight: shape, geometry: geometry)
    let columns = shapes.inputImage, positions = shapes.output[2] * shapes.output[3]
    let taps = scalars, tapCount = shape[2] * shape[3], groupFilters = shape[0] / geometry.groups
    var matrix = Tensor.zeros([shapes.outputImage, columns])
    matrix.withUnsafeMutableBufferPointer { buffer in
      for filter in 0..<shape[0] {
        for channel in 0..<shape[1] {
          let plane = (filter / groupFilters * shape[1] + channel) * size.height * size.width
          let first = (filter * shape[1] + channel) * tapCount
          for position in 0..<positions {
            let (y, x) = position.quotientAndRemainder(dividingBy: shapes.output[3])
            let row = (filter * positions + position) * columns + plane
            for tap in 0..<tapCount {
              let (r, s) = tap.quotientAndRemainder(dividingBy: shape[3])
              let i = y * shapes.rows.stride + r * shapes.rows.dilation - shapes.rows.before
              let j = x * shapes.columns.stride + s * shapes.columns.dilation - shapes.columns.before
              guard 0..<size.height ~= i, 0..<size.width ~= j else { continue }
              buffer[row + i * size.width + j] = taps[first + tap]
            }
          }
        }
      }
    }
    return matrix
  }
}
