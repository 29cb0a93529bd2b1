import CKernels

extension Tensor where Scalar: FloatingScalar {
  /// The images at another size, larger or smaller: see ``ResamplingGeometry``. Where they shrink nothing is averaged.
  ///
  /// - Returns: `[N, C, OH, OW]` for self `[N, C, H, W]`. Stops for empty images.
  public func resampled2d(_ geometry: ResamplingGeometry) -> Tensor {
    let table = ResamplingTable("resampling", input: shape, geometry: geometry)
    let result = Tensor(uninitialized: table.output)
    let from = storage, to = result.storage, isWide = Scalar.elementType == .double
    let weights = table.weights.map { Scalar($0) }
    table.forEachRun { planes, input, output in
      withUnsafePointer(to: table.arguments) { arguments in
        if weights.isEmpty {
          nt_resample_nearest(
            isWide, arguments, table.rows, table.columns, planes, from.start + input, to.start + output)
        } else {
          nt_resample_bilinear(
            isWide, arguments, table.rows, table.columns, weights, planes, from.start + input, to.start + output)
        }
      }
    }
    return result
  }

  /// The gradient of ``resampled2d(_:)`` with respect to its input: each element of self, the gradient of the output
  /// `[N, C, OH, OW]`, is spread over the elements that it was made of, by their weights.
  ///
  /// - Returns: `inputShape`, `[N, C, H, W]`. Stops if self does not have the output's shape.
  public func resampled2dGradient(inputShape: Shape, geometry: ResamplingGeometry) -> Tensor {
    let operation = "resampling gradient"
    let table = ResamplingTable(operation, input: inputShape, geometry: geometry)
    guard shape == table.output else {
      stop(operation, "resampling of \(inputShape) gives \(table.output), the gradient is \(shape)")
    }
    let result = Tensor(uninitialized: inputShape)
    let from = storage, to = result.storage, isWide = Scalar.elementType == .double
    let weights = table.weights.map { Scalar($0) }
    table.forEachRun { planes, input, output in
      withUnsafePointer(to: table.arguments) { arguments in
        if weights.isEmpty {
          nt_resample_nearest_gradient(
            isWide, arguments, table.rows, table.columns, planes, from.start + output, to.start + input)
        } else {
          nt_resample_bilinear_gradient(
            isWide, arguments, table.rows, table.columns, weights, planes, from.start + output, to.start + input)
        }
      }
    }
    return result
  }
}
