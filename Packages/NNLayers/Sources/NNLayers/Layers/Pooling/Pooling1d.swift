import Autograd
import TensorCore

/// The largest element of each window along a line, channel by channel.
///
/// Shapes: input `[N, C, L]`, output `[N, C, L']` with L' = (L + 2P - F) / S + 1 rounded down, or up with `roundsUp`.
///
/// ```swift
/// let halved = MaxPool1d(2)
/// ```
public struct MaxPool1d: Layer {
  /// Kernel, stride and padding, on images of one row.
  public let geometry: PoolingGeometry

  /// A pooling over given windows.
  ///
  /// - Parameters:
  ///   - kernelSize: the window's length.
  ///   - stride: the step between windows. Default: the window's length, so that windows do not overlap.
  ///   - padding: positions on each side, which never win. Default 0.
  ///   - roundsUp: whether a last window that ends outside counts, if it starts inside the line or the padding before
  ///     it. Default false.
  public init(_ kernelSize: Int, stride: Int? = nil, padding: Int = 0, roundsUp: Bool = false) {
    geometry = .line(kernelSize, stride: stride, padding: padding, roundsUp: roundsUp)
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    x.asImage("MaxPool1d") { $0.maxPool2d(geometry) }
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    try geometry.lineOutput("MaxPool1d", for: input)
  }
}

/// The mean of each window along a line, channel by channel.
///
/// Shapes: input `[N, C, L]`, output `[N, C, L']` with L' = (L + 2P - F) / S + 1 rounded down, or up with `roundsUp`.
///
/// ```swift
/// let smooth = AveragePool1d(5, stride: 1, padding: 2, countsPadding: false)
/// ```
public struct AveragePool1d: Layer {
  /// Kernel, stride and padding, on images of one row.
  public let geometry: PoolingGeometry
  /// Whether the zeros of the padding count in the mean.
  public let countsPadding: Bool

  /// A pooling over given windows.
  ///
  /// - Parameters:
  ///   - kernelSize: the window's length.
  ///   - stride: the step between windows. Default: the window's length, so that windows do not overlap.
  ///   - padding: zeros on each side. Default 0.
  ///   - roundsUp: whether a last window that ends outside counts, if it starts inside the line or the padding before
  ///     it. Default false.
  ///   - countsPadding: whether the padding's zeros count in the mean. Default true.
  public init(
    _ kernelSize: Int, stride: Int? = nil, padding: Int = 0, roundsUp: Bool = false, countsPadding: Bool = true
  ) {
    geometry = .line(kernelSize, stride: stride, padding: padding, roundsUp: roundsUp)
    self.countsPadding = countsPadding
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    x.asImage("AveragePool1d") { $0.averagePool2d(geometry, countingPadding: countsPadding) }
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    try geometry.lineOutput("AveragePool1d", for: input)
  }
}

/// The mean of each of as many windows along a line as are wanted; the windows are those of ``AdaptiveAveragePool2d``.
///
/// Shapes: input `[N, C, L]`, output `[N, C, L']`.
///
/// ```swift
/// let summary = AdaptiveAveragePool1d(4)
/// ```
public struct AdaptiveAveragePool1d: Layer {
  /// The output's length.
  public let size: Int

  /// A pooling to a given size.
  ///
  /// - Parameter size: the output's length.
  public init(_ size: Int) {
    guard size >= 1 else { stop("AdaptiveAveragePool1d", "an output of \(size) elements cannot be") }
    self.size = size
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    x.asImage("AdaptiveAveragePool1d") { $0.adaptiveAveragePool2d(to: PlaneSize(height: 1, width: size)) }
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard input.rank == 3, input[2] >= 1 else {
      throw InputError("AdaptiveAveragePool1d", expected: "[N, C, L] with L at least 1", got: input)
    }
    return [input[0], input[1], size]
  }
}
