import Autograd
import TensorCore

/// The largest element of each window of a volume, channel by channel.
///
/// Shapes: input `[N, C, D, H, W]`, output `[N, C, D', H', W']` with D' = (D + 2P - F) / S + 1 rounded down, or up with
/// `roundsUp`. Planes are pooled first, then the results along the depth.
///
/// ```swift
/// let halved = MaxPool3d(2)
/// ```
public struct MaxPool3d: Layer {
  /// Kernel, stride and padding.
  public let geometry: VolumePoolingGeometry

  /// A pooling over given windows.
  ///
  /// - Parameters:
  ///   - kernelSize: the window's depth, height and width.
  ///   - stride: the step between windows. Default: the window's size, so that windows do not overlap.
  ///   - padding: positions on each side, which never win. Default 0.
  ///   - roundsUp: whether a last window that ends outside counts, if it starts inside the volume or the padding before
  ///     it. Default false.
  public init(_ kernelSize: VolumeSize, stride: VolumeSize? = nil, padding: VolumeSize = 0, roundsUp: Bool = false) {
    geometry = VolumePoolingGeometry(kernel: kernelSize, stride: stride, padding: padding, roundsUp: roundsUp)
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable { x.maxPool3d(geometry) }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    try geometry.output("MaxPool3d", for: input)
  }
}

/// The mean of each window of a volume, channel by channel.
///
/// Shapes: input `[N, C, D, H, W]`, output `[N, C, D', H', W']` with D' = (D + 2P - F) / S + 1 rounded down, or up with
/// `roundsUp`.
///
/// ```swift
/// let smooth = AveragePool3d(3, stride: 1, padding: 1, countsPadding: false)
/// ```
public struct AveragePool3d: Layer {
  /// Kernel, stride and padding.
  public let geometry: VolumePoolingGeometry
  /// Whether the zeros of the padding count in the mean.
  public let countsPadding: Bool

  /// A pooling over given windows.
  ///
  /// - Parameters:
  ///   - kernelSize: the window's depth, height and width.
  ///   - stride: the step between windows. Default: the window's size, so that windows do not overlap.
  ///   - padding: zeros on each side. Default 0.
  ///   - roundsUp: whether a last window that ends outside counts, if it starts inside the volume or the padding before
  ///     it. Default false.
  ///   - countsPadding: whether the padding's zeros count in the mean. Default true.
  public init(
    _ kernelSize: VolumeSize, stride: VolumeSize? = nil, padding: VolumeSize = 0, roundsUp: Bool = false,
    countsPadding: Bool = true
  ) {
    geometry = VolumePoolingGeometry(kernel: kernelSize, stride: stride, padding: padding, roundsUp: roundsUp)
    self.countsPadding = countsPadding
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    x.averagePool3d(geometry, countingPadding: countsPadding)
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    try geometry.output("AveragePool3d", for: input)
  }
}

/// The mean of each of as many windows of a volume as are wanted; the windows are those of ``AdaptiveAveragePool2d``.
///
/// Shapes: input `[N, C, D, H, W]`, output `[N, C, D', H', W']`.
///
/// ```swift
/// let head = Sequential(AdaptiveAveragePool3d(1), Flatten(), Linear(512, 10))
/// ```
public struct AdaptiveAveragePool3d: Layer {
  /// The output's depth, height and width.
  public let size: VolumeSize

  /// A pooling to a given size.
  ///
  /// - Parameter size: the output's depth, height and width.
  public init(_ size: VolumeSize) {
    guard min(size.depth, size.height, size.width) >= 1 else {
      stop("AdaptiveAveragePool3d", "an output of \(size) cannot be")
    }
    self.size = size
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable { x.adaptiveAveragePool3d(to: size) }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard input.rank == 5, input.sizes[2...].allSatisfy({ $0 >= 1 }) else {
      throw InputError("AdaptiveAveragePool3d", expected: "[N, C, D, H, W] that is not empty", got: input)
    }
    return [input[0], input[1], size.depth, size.height, size.width]
  }
}

extension VolumePoolingGeometry {
  fileprivate func output(_ layer: String, for input: Shape) throws(InputError) -> Shape {
    guard let shape = try? outputShape(input: input) else {
      throw InputError(layer, expected: "[N, C, D, H, W] that holds a window of \(kernel)", got: input)
    }
    return shape
  }
}
