import TensorCore

/// Moves each pixel a little its own way, smoothly: as a trembling hand would have written it.
///
/// The shift of each pixel along each axis is a number of -1...1, blurred by a Gaussian of deviation `sigma` and multiplied
/// by `alpha`. Simard, Steinkraus and Platt 2003, "Best practices for convolutional neural networks applied to visual
/// document analysis" (for 28×28 digits: α = 34, σ = 4). Beyond the edge lies `fill`.
public struct ElasticDistortion: ImageTransform {
  /// What the blurred shifts are multiplied by, in pixels.
  public let alpha: Double
  /// The deviation of the Gaussian, in pixels.
  public let sigma: Double
  /// What lies beyond the image.
  public let fill: Float

  /// A distortion of the given strength and smoothness. Stops unless sigma is above 0.
  public init(alpha: Double = 34, sigma: Double = 4, fill: Float = 0) {
    guard sigma > 0 else { stop("ElasticDistortion", "sigma \(sigma) is not above 0") }
    self.alpha = alpha
    self.sigma = sigma
    self.fill = fill
  }

  public func transformed(_ image: RasterImage, using random: inout RandomStream) -> RasterImage {
    let noise = (0..<2 * image.area).map { _ in Float(random.uniform(in: -1...1)) }
    let width = image.size.width
    func shifts(_ part: ArraySlice<Float>) -> [Float] {
      RasterImage(channels: 1, size: image.size, intensities: Array(part)).blurred(sigma: sigma).intensities
    }
    let (right, down) = (shifts(noise[..<image.area]), shifts(noise[image.area...]))
    return image.sampled(fill: fill) { x, y in
      let index = y * width + x
      return (
        Double(x) + 0.5 + alpha * Double(right[index]), Double(y) + 0.5 + alpha * Double(down[index])
      )
    }
  }
}
