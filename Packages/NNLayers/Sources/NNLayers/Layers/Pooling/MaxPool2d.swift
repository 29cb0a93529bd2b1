import Autograd
import TensorCore

/// The largest element of each window, channel by channel.
///
/// Shapes: input `[N, C, H, W]`, output `[N, C, H', W']` with H' = (H + 2P - F) / S + 1 rounded down, or up with
/// `roundsUp`. No parameters. The gradient goes to the largest element, the first of equals.
///
/// ```swift
/// let halved = MaxPool2d(2)                      // windows side by side
/// let overlapping = MaxPool2d(3, stride: 2)      // AlexNet's
/// let kept = MaxPool2d(3, stride: 1, padding: .same)
/// ```
///
/// Ranzato, Huang, Boureau and LeCun 2007, "Unsupervised learning of invariant feature hierarchies".
public struct MaxPool2d: Layer {
  /// Kernel, stride and padding.
  public let geometry: PoolingGeometry

  /// A pooling over given windows.
  ///
  /// - Parameters:
  ///   - kernelSize: the window's height and width.
  ///   - stride: the step between windows. Default: the window's size, so that windows do not overlap.
  ///   - padding: positions around the image, which never win. Default 0.
  ///   - roundsUp: whether a last window that ends outside counts, if it starts inside the image or the padding before
  ///     it ("ceil mode"). Default false.
  public init(
    _ kernelSize: PlaneSize, stride: PlaneSize? = nil, padding: PlanePadding = 0, roundsUp: Bool = false
  ) {
    geometry = PoolingGeometry(kernel: kernelSize, stride: stride, padding: padding, roundsUp: roundsUp)
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable { x.maxPool2d(geometry) }

  /// The layer's output and for each element the index of the maximum in its plane, `i · W + j`: what
  /// ``MaxUnpool2d`` needs.
  public func withIndices(_ x: Variable) -> (output: Variable, indices: Tensor<Int64>) {
    x.maxPool2dWithIndices(geometry)
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    try geometry.output("MaxPool2d", for: input)
  }
}

/// Puts each element where a max pooling found it, among zeros. Not a ``Layer``, since it needs the indices too.
///
/// Shapes: input and indices `[N, C, H', W']`, output `[N, C, H, W]` with H = (H' - 1) S - 2P + F unless a size is given
/// (a pooling that rounds down may have come from a larger one).
///
/// ```swift
/// let pool = MaxPool2d(2), unpool = MaxUnpool2d(2)
/// let (small, indices) = pool.withIndices(maps)
/// let large = unpool(small, indices: indices)
/// ```
///
/// Zeiler and Fergus 2014, "Visualizing and understanding convolutional networks".
public struct MaxUnpool2d: Sendable {
  /// The window's height and width.
  public let kernelSize: PlaneSize
  /// The step between windows.
  public let stride: PlaneSize
  /// The positions around the image on either side.
  public let padding: PlaneSize

  /// The inverse of a pooling over the same windows.
  ///
  /// - Parameters:
  ///   - kernelSize: the pooling window's height and width.
  ///   - stride: the step between windows. Default: the window's size.
  ///   - padding: positions on each side of the image. Default 0.
  public init(_ kernelSize: PlaneSize, stride: PlaneSize? = nil, padding: PlaneSize = 0) {
    self.kernelSize = kernelSize
    self.stride = stride ?? kernelSize
    self.padding = padding
  }

  /// The elements of `x` at their indices, zeros elsewhere.
  ///
  /// - Parameters:
  ///   - x: `[N, C, H', W']`.
  ///   - indices: of the same shape, from ``MaxPool2d/withIndices(_:)``. Stops for one outside the plane.
  ///   - outputSize: H and W; by default the smallest that the pooling can have come from.
  public func callAsFunction(_ x: Variable, indices: Tensor<Int64>, outputSize: PlaneSize? = nil) -> Variable {
    guard x.rank == 4 else { stop("MaxUnpool2d", "needs an input of [N, C, H, W], this one is \(x.shape)") }
    let pooled = PlaneSize(height: x.shape[2], width: x.shape[3])
    return x.maxUnpool2d(indices: indices, size: outputSize ?? size(for: pooled))
  }

  private func size(for pooled: PlaneSize) -> PlaneSize {
    PlaneSize(
      height: (pooled.height - 1) * stride.height - 2 * padding.height + kernelSize.height,
      width: (pooled.width - 1) * stride.width - 2 * padding.width + kernelSize.width)
  }
}
