import TensorCore

/// Adds numbers of the normal distribution to an image's intensities and holds them in 0...1.
public struct RandomNoise: ImageTransform {
  /// The deviation of the numbers.
  public let deviation: Double

  /// Noise of the given deviation. Stops on a negative one.
  public init(deviation: Double = 0.05) {
    guard deviation >= 0 else { stop("RandomNoise", "the deviation \(deviation) is negative") }
    self.deviation = deviation
  }

  public func transformed(_ image: RasterImage, using random: inout RandomStream) -> RasterImage {
    RasterImage(
      channels: image.channels, size: image.size,
      intensities: image.intensities.map { min(max($0 + Float(deviation * random.normal()), 0), 1) })
  }
}
