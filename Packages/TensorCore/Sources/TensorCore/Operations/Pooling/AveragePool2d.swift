import CKernels

extension Tensor where Scalar: FloatingScalar {
  /// The mean of each window:
  ///
  ///     output[n,c,y,x] = 1/m Σ_{r,s} self[n, c, y·stride + r - top, x·stride + s - left]
  ///
  /// where the padding is zero and `m` counts the elements of the window: those of the padded image, or without
  /// `countingPadding` those of the image itself.
  ///
  /// - Returns: `[N, C, OH, OW]`, see ``PoolingGeometry``.
  ///
  /// Self is `[N, C, H, W]`; stops if the window does not fit.
  public func averagePool2d(_ geometry: PoolingGeometry, countingPadding: Bool = true) -> Tensor {
    let shapes = PoolingShapes.checked("average pooling", input: shape, geometry: geometry)
    if channelsLastFloats != nil {
      return averaged(shapes.pixelWindows(countingPadding: countingPadding), to: shapes.output)
    }
    let result = Tensor(uninitialized: shapes.output)
    let from = storage, to = result.storage
    shapes.forEachRun { planes, input, output in
      withUnsafePointer(to: shapes.arguments) { arguments in
        nt_average_pool(
          Scalar.elementType == .double, countingPadding, arguments, planes, from.start + input, to.start + output)
      }
    }
    return result
  }

  /// The gradient of ``averagePool2d(_:countingPadding:)`` with respect to its input: each element of self, the gradient
  /// of the output `[N, C, OH, OW]`, divided by `m`, is added to all elements of its window.
  ///
  /// - Returns: `inputShape`, `[N, C, H, W]`. Stops if self does not have the output's shape.
  public func averagePool2dGradient(
    inputShape: Shape, geometry: PoolingGeometry, countingPadding: Bool = true
  ) -> Tensor {
    let operation = "average pooling gradient"
    let shapes = PoolingShapes.checked(operation, input: inputShape, geometry: geometry)
    shapes.check(operation, gradient: shape)
    if channelsLastFloats != nil {
      return averagedGradient(shapes.pixelWindows(countingPadding: countingPadding), to: shapes.input)
    }
    let result = Tensor(uninitialized: shapes.input)
    let from = storage, to = result.storage
    shapes.forEachRun { planes, input, output in
      withUnsafePointer(to: shapes.arguments) { arguments in
        nt_average_pool_gradient(
          Scalar.elementType == .double, countingPadding, arguments, planes, from.start + output, to.start + input)
      }
    }
    return result
  }
}
