import Autograd
import TensorCore

/// The p-norm of each window, channel by channel: `(Σ |x|^p)^(1/p)`, over the elements inside the image.
///
/// Shapes: input `[N, C, H, W]`, output `[N, C, H', W']` with H' = (H - F) / S + 1 rounded down, or up with `roundsUp`.
/// No parameters. The gradient of a window of zeros is zero.
///
/// ```swift
/// let energy = LpPool2d(2, power: 2)
/// ```
///
/// Sermanet, Chintala and LeCun 2012, "Convolutional neural networks applied to house numbers digit classification".
public struct LpPool2d: Layer {
  /// Kernel and stride.
  public let geometry: PoolingGeometry
  /// p.
  public let power: Double

  /// A pooling over given windows.
  ///
  /// - Parameters:
  ///   - kernelSize: the window's height and width.
  ///   - power: p, at least 1: 1 adds absolute values up, 2 is the Euclidean norm, a large one nears the maximum.
  ///   - stride: the step between windows. Default: the window's size, so that windows do not overlap.
  ///   - roundsUp: whether a last window that ends outside the image counts, if it starts inside. Default false.
  public init(_ kernelSize: PlaneSize, power: Double, stride: PlaneSize? = nil, roundsUp: Bool = false) {
    guard power >= 1, power.isFinite else { stop("LpPool2d", "the power must be at least 1 and finite, not \(power)") }
    geometry = PoolingGeometry(kernel: kernelSize, stride: stride, roundsUp: roundsUp)
    self.power = power
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable { x.lpPool2d(geometry, power: power) }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    try geometry.output("LpPool2d", for: input)
  }
}
