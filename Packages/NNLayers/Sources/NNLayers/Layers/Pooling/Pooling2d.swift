import Autograd
import TensorCore

/// The largest element of each window, channel by channel.
///
/// Shapes: input `[N, C, H, W]`, output `[N, C, H', W']` with H' = (H + 2P - F) / S + 1 rounded down.
public struct MaxPool2d: Layer {
  /// Kernel, stride and padding.
  public let geometry: PoolingGeometry

  /// - Parameters:
  ///   - kernelSize: the window's height and width.
  ///   - stride: the step between windows. Default: the window's size, so that windows do not overlap.
  ///   - padding: positions around the image, which never win. Default 0.
  public init(_ kernelSize: PlaneSize, stride: PlaneSize? = nil, padding: PlanePadding = 0) {
    geometry = PoolingGeometry(kernel: kernelSize, stride: stride, padding: padding)
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable { x.maxPool2d(geometry) }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    try geometry.output("MaxPool2d", for: input)
  }
}

/// The mean of each window, channel by channel.
///
/// Shapes: input `[N, C, H, W]`, output `[N, C, H', W']` with H' = (H + 2P - F) / S + 1 rounded down.
public struct AveragePool2d: Layer {
  /// Kernel, stride and padding.
  public let geometry: PoolingGeometry
  /// Whether the zeros of the padding count in the mean.
  public let countsPadding: Bool

  /// - Parameters:
  ///   - kernelSize: the window's height and width.
  ///   - stride: the step between windows. Default: the window's size, so that windows do not overlap.
  ///   - padding: zeros around the image. Default 0.
  ///   - countsPadding: whether those zeros count in the mean. Default true.
  public init(
    _ kernelSize: PlaneSize, stride: PlaneSize? = nil, padding: PlanePadding = 0, countsPadding: Bool = true
  ) {
    geometry = PoolingGeometry(kernel: kernelSize, stride: stride, padding: padding)
    self.countsPadding = countsPadding
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    x.averagePool2d(geometry, countingPadding: countsPadding)
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    try geometry.output("AveragePool2d", for: input)
  }
}

extension PoolingGeometry {
  fileprivate func output(_ layer: String, for input: Shape) throws(InputError) -> Shape {
    guard let shape = try? outputShape(input: input) else {
      throw InputError(layer, expected: "[N, C, H, W] that holds a window of \(kernel)", got: input)
    }
    return shape
  }
}
