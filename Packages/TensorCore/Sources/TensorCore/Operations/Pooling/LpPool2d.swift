extension Tensor where Scalar: FloatingScalar {
  /// The p-norm of each window:
  ///
  ///     output[n,c,y,x] = (Σ_{r,s} |self[n, c, y·stride + r - top, x·stride + s - left]|^p)^(1/p)
  ///
  /// over the elements inside the image: p = 1 is the sum of absolute values, p = 2 the Euclidean norm, a large p nears
  /// max pooling. Sermanet, Chintala and LeCun 2012, "Convolutional neural networks applied to house numbers digit
  /// classification".
  ///
  /// - Returns: `[N, C, OH, OW]`, see ``PoolingGeometry``. |x|^p must not overflow. Stops unless `power` is at least 1
  ///   and the window fits.
  public func lpPool2d(_ geometry: PoolingGeometry, power: Double) -> Tensor {
    guard power >= 1, power.isFinite else {
      stop("Lp pooling", "the power must be at least 1 and finite, not \(power)")
    }
    let sums = raised(to: power).sumPool2d(geometry)
    return power == 1 ? sums : power == 2 ? sums.sqrt() : sums.power(Scalar(1 / power))
  }

  /// The gradient of ``lpPool2d(_:power:)`` with respect to its input: `sign(x) |x|^(p-1) Σ g · y^(1-p)` over the windows
  /// that hold x; zero from windows of zeros alone, where there is none.
  ///
  /// - Parameters:
  ///   - input: what was pooled, `[N, C, H, W]`.
  ///   - output: what it gave, of self's shape `[N, C, OH, OW]`.
  ///   - geometry: the windows.
  ///   - power: p.
  public func lpPool2dGradient(input: Tensor, output: Tensor, geometry: PoolingGeometry, power: Double) -> Tensor {
    guard shape == output.shape else {
      stop("Lp pooling gradient", "the output is \(output.shape), the gradient is \(shape)")
    }
    guard power > 1 else { return input.sign() * spreadOverWindows(geometry, inputShape: input.shape) }
    let factors = power == 2 ? self / output : self * output.power(Scalar(1 - power))
    let shares = (output .== 0).select(Scalar(0), factors).spreadOverWindows(geometry, inputShape: input.shape)
    return power == 2 ? input * shares : input.sign() * input.abs().power(Scalar(power - 1)) * shares
  }

  private func raised(to power: Double) -> Tensor {
    power == 1 ? abs() : power == 2 ? squared() : abs().power(Scalar(power))
  }

  /// The sum of each window over the elements inside the image: the mean times their number.
  func sumPool2d(_ geometry: PoolingGeometry) -> Tensor {
    averagePool2d(geometry, countingPadding: false) * Tensor.windowCounts(geometry, inputShape: shape)
  }

  /// The gradient of ``sumPool2d(_:)``: each element is added to all of its window.
  func spreadOverWindows(_ geometry: PoolingGeometry, inputShape: Shape) -> Tensor {
    (self * Tensor.windowCounts(geometry, inputShape: inputShape))
      .averagePool2dGradient(inputShape: inputShape, geometry: geometry, countingPadding: false)
  }

  /// For each window of a plane the number of elements inside the image, `[OH, OW]`.
  private static func windowCounts(_ geometry: PoolingGeometry, inputShape: Shape) -> Tensor {
    let (rows, columns) = PoolingShapes.checked("pooling", input: inputShape, geometry: geometry).windowExtents
    return Tensor(rows.map { Scalar($0) }).reshaped([rows.count, 1]) * Tensor(columns.map { Scalar($0) })
  }
}
