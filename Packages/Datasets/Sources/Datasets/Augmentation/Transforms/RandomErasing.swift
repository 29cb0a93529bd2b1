import Foundation
import TensorCore

/// Replaces a rectangle of an image by one intensity.
///
/// Zhong and others 2020, "Random erasing data augmentation", with torchvision's procedure: of ten rectangles with a share
/// of the area in `scale` and a height by width in `ratio` the first that fits is taken.
public struct RandomErasing: ImageTransform {
  /// How likely a rectangle is replaced.
  public let probability: Double
  /// The share of the area.
  public let scale: ClosedRange<Double>
  /// The height divided by the width.
  public let ratio: ClosedRange<Double>
  /// The new intensity.
  public let value: Float

  /// Erasing with the given probability. Stops unless the bounds are above 0.
  public init(
    probability: Double = 0.5, scale: ClosedRange<Double> = 0.02...0.33, ratio: ClosedRange<Double> = 0.3...3.3,
    value: Float = 0
  ) {
    checkProbability(probability)
    guard scale.lowerBound > 0, ratio.lowerBound > 0 else {
      stop("RandomErasing", "scale \(scale) and ratio \(ratio) must be above 0")
    }
    self.probability = probability
    self.scale = scale
    self.ratio = ratio
    self.value = value
  }

  public func transformed(_ image: RasterImage, using random: inout RandomStream) -> RasterImage {
    guard random.uniform() < probability else { return image }
    for _ in 0..<10 {
      let target = Double(image.area) * random.uniform(in: scale)
      let proportion = exp(random.uniform(in: log(ratio.lowerBound)...log(ratio.upperBound)))
      let height = Int((target * proportion).squareRoot().rounded())
      let width = Int((target / proportion).squareRoot().rounded())
      guard height >= 1, width >= 1, height < image.size.height, width < image.size.width else { continue }
      let top = random.integer(below: image.size.height - height + 1)
      let left = random.integer(below: image.size.width - width + 1)
      return image.filled(ImageRegion(top: top, left: left, size: ImageSize(height: height, width: width)), value)
    }
    return image
  }
}

extension RasterImage {
  /// The image with one intensity everywhere in `region`.
  fileprivate func filled(_ region: ImageRegion, _ value: Float) -> RasterImage {
    var pixels = intensities
    for channel in 0..<channels {
      for row in region.rows(of: size) {
        for column in region.columns(of: size) { pixels[channel * area + row * size.width + column] = value }
      }
    }
    return RasterImage(channels: channels, size: size, intensities: pixels)
  }
}
