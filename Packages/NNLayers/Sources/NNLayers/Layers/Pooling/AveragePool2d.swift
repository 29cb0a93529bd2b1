import Autograd
import TensorCore

/// The mean of each window, channel by channel.
///
/// Shapes: input `[N, C, H, W]`, output `[N, C, H', W']` with H' = (H + 2P - F) / S + 1 rounded down, or up with
/// `roundsUp`. No parameters. Each element gets an equal share of the gradient.
///
/// ```swift
/// let halved = AveragePool2d(2)
/// let smooth = AveragePool2d(3, stride: 1, padding: 1, countsPadding: false)
/// ```
///
/// LeCun, Bottou, Bengio and Haffner 1998, "Gradient-based learning applied to document recognition", whose layer with
/// trainable factors is ``Subsampling2d``.
public struct AveragePool2d: Layer {
  /// Kernel, stride and padding.
  public let geometry: PoolingGeometry
  /// Whether the zeros of the padding count in the mean.
  public let countsPadding: Bool

  /// A pooling over given windows.
  ///
  /// - Parameters:
  ///   - kernelSize: the window's height and width.
  ///   - stride: the step between windows. Default: the window's size, so that windows do not overlap.
  ///   - padding: zeros around the image. Default 0.
  ///   - roundsUp: whether a last window that ends outside counts, if it starts inside the image or the padding before
  ///     it ("ceil mode"). What lies beyond the padding is never counted. Default false.
  ///   - countsPadding: whether the padding's zeros count in the mean. Default true.
  public init(
    _ kernelSize: PlaneSize, stride: PlaneSize? = nil, padding: PlanePadding = 0, roundsUp: Bool = false,
    countsPadding: Bool = true
  ) {
    geometry = PoolingGeometry(kernel: kernelSize, stride: stride, padding: padding, roundsUp: roundsUp)
    self.countsPadding = countsPadding
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    x.averagePool2d(geometry, countingPadding: countsPadding)
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    try geometry.output("AveragePool2d", for: input)
  }
}
