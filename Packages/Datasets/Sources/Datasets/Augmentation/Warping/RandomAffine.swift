import TensorCore

/// Rotates, shifts, scales and shears an image about its middle, each by a random amount.
///
/// ```swift
/// // Small distortions of handwriting: 10 degrees, a tenth of the size, ±10 % larger or smaller.
/// let step = RandomAffine(degrees: 10, shift: 0.1, scale: 0.9...1.1)
/// ```
/// Black comes in from beyond the edge, or ``fill``. Draws seven numbers.
public struct RandomAffine: ImageTransform {
  /// The largest angle in degrees, either way.
  public let degrees: Double
  /// The largest shift, either way, as a share of the width and of the height.
  public let shift: Double
  /// The factors of size.
  public let scale: ClosedRange<Double>
  /// The largest angle, either way, by which vertical lines lean, in degrees.
  public let shear: Double
  /// What lies beyond the image.
  public let fill: Float

  /// A change within the given bounds. Stops on negative ones and on a scale that is not above 0.
  public init(
    degrees: Double = 0, shift: Double = 0, scale: ClosedRange<Double> = 1...1, shear: Double = 0, fill: Float = 0
  ) {
    guard degrees >= 0, shift >= 0, shear >= 0, scale.lowerBound > 0 else {
      stop("RandomAffine", "degrees \(degrees), shift \(shift), scale \(scale) or shear \(shear) is out of range")
    }
    self.degrees = degrees
    self.shift = shift
    self.scale = scale
    self.shear = shear
    self.fill = fill
  }

  public func transformed(_ image: RasterImage, using random: inout RandomStream) -> RasterImage {
    image.warped(by: map(for: image.size, using: &random), fill: fill)
  }

  /// The map of one image.
  func map(for size: ImageSize, using random: inout RandomStream) -> PlaneMap {
    let angle = random.uniform(in: -degrees...degrees)
    let x = random.uniform(in: -shift...shift) * Double(size.width)
    let y = random.uniform(in: -shift...shift) * Double(size.height)
    return PlaneMap(
      size: size, degrees: angle, shift: (x, y), scale: random.uniform(in: scale),
      shear: (random.uniform(in: -shear...shear), 0))
  }
}

/// Rotates an image about its middle by a random angle.
public struct RandomRotation: ImageTransform {
  private let affine: RandomAffine

  /// A rotation by at most `degrees` either way.
  public init(degrees: Double, fill: Float = 0) { affine = RandomAffine(degrees: degrees, fill: fill) }

  public func transformed(_ image: RasterImage, using random: inout RandomStream) -> RasterImage {
    affine.transformed(image, using: &random)
  }
}

/// Enlarges or shrinks what an image shows, about its middle; the image keeps its size.
public struct RandomZoom: ImageTransform {
  private let affine: RandomAffine

  /// A zoom by a factor of `scale`, all equally likely; above 1 things look larger.
  public init(_ scale: ClosedRange<Double> = 0.8...1.2, fill: Float = 0) {
    affine = RandomAffine(scale: scale, fill: fill)
  }

  public func transformed(_ image: RasterImage, using random: inout RandomStream) -> RasterImage {
    affine.transformed(image, using: &random)
  }
}
