import TensorCore

/// An image in a given size, whatever its proportions.
public struct Resize: ImageTransform {
  /// The size of the result.
  public let size: ImageSize
  /// How pixels are mixed.
  public let filter: ResamplingFilter

  /// A change to the given size.
  public init(_ size: ImageSize, filter: ResamplingFilter = .bilinear) {
    self.size = size
    self.filter = filter
  }

  public func transformed(_ image: RasterImage, using random: inout RandomStream) -> RasterImage {
    image.resized(to: size, filter: filter)
  }
}

/// An image with its shorter side of a random length, the longer in proportion.
///
/// "Scale jittering" of Simonyan and Zisserman 2015 takes 256...512, He and others 2016 take 256...480, each before a
/// random crop of 224. One length is not random at all.
public struct RandomShortSide: ImageTransform {
  /// The lengths, all equally likely.
  public let lengths: ClosedRange<Int>
  /// How pixels are mixed.
  public let filter: ResamplingFilter

  /// A change to one of the given lengths. Stops unless they are at least 1.
  public init(_ lengths: ClosedRange<Int> = 256...480, filter: ResamplingFilter = .bilinear) {
    guard lengths.lowerBound >= 1 else { stop("RandomShortSide", "lengths \(lengths) must be at least 1") }
    self.lengths = lengths
    self.filter = filter
  }

  public func transformed(_ image: RasterImage, using random: inout RandomStream) -> RasterImage {
    let length = lengths.lowerBound + random.integer(below: lengths.count)
    return image.resized(to: image.size.withShortSide(length), filter: filter)
  }
}
