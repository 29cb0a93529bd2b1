import CKernels

extension Tensor where Scalar: FloatingScalar {
  /// The mean of each of `size.height` × `size.width` windows that cover the image:
  ///
  ///     output[n,c,y,x] = mean of self[n, c, i, j] over floor(y·H/OH) ≤ i < ceil((y+1)·H/OH), likewise j
  ///
  /// The windows overlap by an element where OH does not divide H, and repeat elements where OH > H.
  ///
  /// - Returns: `[N, C, OH, OW]` for self `[N, C, H, W]`. Stops unless H, W, OH and OW are at least 1.
  public func adaptiveAveragePool2d(to size: PlaneSize) -> Tensor {
    let windows = AdaptiveWindows.checked("adaptive average pooling", input: shape, size: size)
    if channelsLastFloats != nil { return averaged(windows.pixelWindows, to: windows.output) }
    let result = Tensor(uninitialized: windows.output)
    let from = storage, to = result.storage
    windows.forEachRun { planes, first in
      withUnsafePointer(to: windows.arguments) { arguments in
        nt_window_average(
          Scalar.elementType == .double, arguments, windows.bounds, planes, from.start + first * windows.planeSize,
          to.start + first * windows.outputPlane)
      }
    }
    return result
  }

  /// The gradient of ``adaptiveAveragePool2d(to:)`` with respect to its input: each element of self, the gradient of the
  /// output `[N, C, OH, OW]`, is spread evenly over its window.
  ///
  /// - Returns: `inputShape`, `[N, C, H, W]`. Stops if the shapes do not go together.
  public func adaptiveAveragePool2dGradient(inputShape: Shape) -> Tensor {
    let operation = "adaptive average pooling gradient"
    guard rank == 4 else { stop(operation, "the gradient must be [N, C, OH, OW], it is \(shape)") }
    let size = PlaneSize(height: shape[2], width: shape[3])
    let windows = AdaptiveWindows.checked(operation, input: inputShape, size: size)
    guard windows.output == shape else {
      stop(operation, "pooling of \(inputShape) gives \(windows.output), the gradient is \(shape)")
    }
    // Means of whole planes have no order: that of convolutions of as many channels is taken.
    if Scalar.self == Float.self, isChannelsLast || windows.outputPlane == 1 && inputShape[1] >= 24,
      ChannelsLast(inputShape) != nil
    {
      return averagedGradient(windows.pixelWindows, to: inputShape)
    }
    let result = Tensor(uninitialized: inputShape)
    let from = storage, to = result.storage
    windows.forEachRun { planes, first in
      withUnsafePointer(to: windows.arguments) { arguments in
        nt_window_average_gradient(
          Scalar.elementType == .double, arguments, windows.bounds, planes, from.start + first * windows.outputPlane,
          to.start + first * windows.planeSize)
      }
    }
    return result
  }

  /// The largest element of each of `size.height` × `size.width` windows that cover the image, those of
  /// ``adaptiveAveragePool2d(to:)``. Of equal elements the first counts, row by row; a window that holds a NaN gives NaN.
  ///
  /// - Returns: the maxima, `[N, C, OH, OW]`, and for each its index in its plane of the input, `i · W + j`. Stops unless
  ///   H, W, OH and OW are at least 1.
  public func adaptiveMaxPool2d(to size: PlaneSize) -> (output: Tensor, indices: Tensor<Int64>) {
    let windows = AdaptiveWindows.checked("adaptive max pooling", input: shape, size: size)
    let result = Tensor(uninitialized: windows.output), indices = Tensor<Int64>(uninitialized: windows.output)
    let from = storage, to = result.storage, places = indices.storage
    windows.forEachRun { planes, first in
      withUnsafePointer(to: windows.arguments) { arguments in
        nt_window_max(
          Scalar.elementType == .double, arguments, windows.bounds, planes, from.start + first * windows.planeSize,
          to.start + first * windows.outputPlane, places.start + first * windows.outputPlane)
      }
    }
    return (result, indices)
  }

  /// The gradient of ``adaptiveMaxPool2d(to:)`` with respect to its input: each element of self, the gradient of the
  /// output `[N, C, OH, OW]`, is added where its maximum came from.
  ///
  /// - Returns: `inputShape`, `[N, C, H, W]`. Stops if self does not have the shape of the indices.
  public func adaptiveMaxPool2dGradient(indices: Tensor<Int64>, inputShape: Shape) -> Tensor {
    guard shape == indices.shape, rank == 4, inputShape.rank == 4 else {
      stop("adaptive max pooling gradient", "the indices are \(indices.shape), the gradient is \(shape)")
    }
    let planes = shape[0] * shape[1]
    return reshaped([planes, shape[2] * shape[3]])
      .gatherGradient(
        indices.reshaped([planes, shape[2] * shape[3]]), along: 1,
        inputShape: [planes, inputShape[2] * inputShape[3]]
      )
      .reshaped(inputShape)
  }
}
