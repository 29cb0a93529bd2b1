import TensorCore

extension RasterImage {
  /// The image mirrored: left becomes right.
  public func flippedHorizontally() -> RasterImage {
    rearranged { x, y in (size.width - 1 - x, y) }
  }

  /// The image upside down.
  public func flippedVertically() -> RasterImage {
    rearranged { x, y in (x, size.height - 1 - y) }
  }

  /// The image of the same size whose pixel (x, y) is the one at `source(x, y)`.
  @inline(__always)
  private func rearranged(_ source: (Int, Int) -> (x: Int, y: Int)) -> RasterImage {
    let pixels = [Float](unsafeUninitializedCapacity: intensities.count) { output, count in
      intensities.withUnsafeBufferPointer { input in
        for channel in 0..<channels {
          for y in 0..<size.height {
            for x in 0..<size.width {
              let from = source(x, y)
              output[channel * area + y * size.width + x] = input[channel * area + from.y * size.width + from.x]
            }
          }
        }
      }
      count = intensities.count
    }
    return RasterImage(channels: channels, size: size, intensities: pixels)
  }
}

/// Mirrors an image with some probability. Not for pictures whose sides mean something, such as digits.
public struct RandomHorizontalFlip: ImageTransform {
  /// How likely the image is mirrored.
  public let probability: Double

  /// A mirror with the given probability, 1/2 by default.
  public init(probability: Double = 0.5) {
    checkProbability(probability)
    self.probability = probability
  }

  public func transformed(_ image: RasterImage, using random: inout RandomStream) -> RasterImage {
    random.uniform() < probability ? image.flippedHorizontally() : image
  }
}

/// Turns an image upside down with some probability.
public struct RandomVerticalFlip: ImageTransform {
  /// How likely the image is turned.
  public let probability: Double

  /// A turn with the given probability, 1/2 by default.
  public init(probability: Double = 0.5) {
    checkProbability(probability)
    self.probability = probability
  }

  public func transformed(_ image: RasterImage, using random: inout RandomStream) -> RasterImage {
    random.uniform() < probability ? image.flippedVertically() : image
  }
}
