import Autograd
import TensorCore

/// Images at another size, by a factor or to a given one.
///
/// Shapes: input `[N, C, H, W]`, output `[N, C, floor(H · scale), floor(W · scale)]`, or the size that was given. No
/// parameters. The formulas, those of PyTorch's `interpolate`, are `ResamplingGeometry`'s.
///
/// ```swift
/// let doubled = Upsample2d(scale: 2)
/// let smooth = Upsample2d(scale: 2, interpolation: .bilinear(alignsCorners: false))
/// let fixed = Upsample2d(size: 224, interpolation: .bilinear(alignsCorners: true))
/// ```
///
/// In place of a transposed convolution, before a convolution: Odena, Dumoulin and Olah 2016, "Deconvolution and
/// checkerboard artifacts".
public struct Upsample2d: Layer {
  /// The new size and the interpolation.
  public let geometry: ResamplingGeometry

  /// Images at a multiple of their size.
  ///
  /// - Parameters:
  ///   - scale: the factor both ways. Below 1 the image shrinks.
  ///   - interpolation: nearest or bilinear. Default nearest.
  public init(scale: Double, interpolation: ResamplingGeometry.Interpolation = .nearest) {
    geometry = ResamplingGeometry(scale: scale, interpolation: interpolation)
  }

  /// Images at a given size.
  ///
  /// - Parameters:
  ///   - size: the output's height and width.
  ///   - interpolation: nearest or bilinear. Default nearest.
  public init(size: PlaneSize, interpolation: ResamplingGeometry.Interpolation = .nearest) {
    geometry = ResamplingGeometry(size: size, interpolation: interpolation)
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable { x.resampled2d(geometry) }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard let shape = try? geometry.outputShape(input: input) else {
      throw InputError("Upsample2d", expected: "[N, C, H, W] with H and W at least 1", got: input)
    }
    return shape
  }
}
