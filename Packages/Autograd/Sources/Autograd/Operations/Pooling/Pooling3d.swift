import TensorCore

/// Pooling of volumes `[N, C, D, H, W]`: each plane by itself, then the results along the depth. That is the same: the
/// largest of the largest, the mean of means of equally many.
extension Variable {
  /// The largest element of each window. NaN passes through; padding never wins.
  public func maxPool3d(_ geometry: VolumePoolingGeometry) -> Variable {
    pooled("maxPool3d", planes: { $0.maxPool2d(geometry.planes) }, depth: { $0.maxPool2d(geometry.depth) })
  }

  /// The mean of each window, with the zeros of the padding counted or not.
  public func averagePool3d(_ geometry: VolumePoolingGeometry, countingPadding: Bool = true) -> Variable {
    pooled(
      "averagePool3d", planes: { $0.averagePool2d(geometry.planes, countingPadding: countingPadding) },
      depth: { $0.averagePool2d(geometry.depth, countingPadding: countingPadding) })
  }

  /// The mean of each of `size` windows that cover each volume.
  public func adaptiveAveragePool3d(to size: VolumeSize) -> Variable {
    pooled(
      "adaptiveAveragePool3d", planes: { $0.adaptiveAveragePool2d(to: size.plane) },
      depth: { $0.adaptiveAveragePool2d(to: PlaneSize(height: size.depth, width: $0.shape[3])) })
  }

  /// `planes` on `[N·C, D, H, W]`, then `depth` on `[N·C, 1, D, H'·W']`.
  private func pooled(_ name: String, planes: (Variable) -> Variable, depth: (Variable) -> Variable) -> Variable {
    guard rank == 5 else { stop(name, "the input must be [N, C, D, H, W], it is \(shape)") }
    let channels = shape[0] * shape[1]
    let pooled = planes(reshaped([channels, shape[2], shape[3], shape[4]]))
    let (height, width) = (pooled.shape[2], pooled.shape[3])
    let result = depth(pooled.reshaped([channels, 1, shape[2], height * width]))
    return result.reshaped([shape[0], shape[1], result.shape[2], height, width])
  }
}
