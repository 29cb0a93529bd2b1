import Foundation
import TensorCore

extension RasterImage {
  /// The four corners and the middle: top left, top right, bottom left, bottom right, middle.
  ///
  /// A network's answers for them are averaged. Stops when the image is smaller than the crop.
  public func fiveCrops(_ crop: ImageSize) -> [RasterImage] {
    let (below, beside) = (size.height - crop.height, size.width - crop.width)
    guard below >= 0, beside >= 0 else { stop("fiveCrops", "there is no crop of \(crop) in an image of \(size)") }
    let corners = [(0, 0), (0, beside), (below, 0), (below, beside)]
    return corners.map { cropped(to: ImageRegion(top: $0, left: $1, size: crop)) } + [centerCropped(to: crop)]
  }

  /// The five crops of the image and the five of its mirror image (Krizhevsky, Sutskever and Hinton 2012), or of the
  /// image upside down.
  public func tenCrops(_ crop: ImageSize, vertically: Bool = false) -> [RasterImage] {
    fiveCrops(crop) + (vertically ? flippedVertically() : flippedHorizontally()).fiveCrops(crop)
  }
}

/// The middle of an image: see ``ImageRegion/init(centerOf:_:)``.
public struct CenterCrop: ImageTransform {
  /// The size of the crop.
  public let size: ImageSize

  /// A crop of the given size.
  public init(_ size: ImageSize) { self.size = size }

  public func transformed(_ image: RasterImage, using random: inout RandomStream) -> RasterImage {
    image.centerCropped(to: size)
  }
}

/// A part of an image anywhere in it, after `padding` black pixels were put on every side.
///
/// The usual augmentation of CIFAR's 32×32 images is 32×32 with a padding of 4. An image that is too small is padded up
/// to the crop's size.
public struct RandomCrop: ImageTransform {
  /// The size of the crop.
  public let size: ImageSize
  /// The black pixels on every side.
  public let padding: Int

  /// A crop of the given size. Stops on a negative padding.
  public init(_ size: ImageSize, padding: Int = 0) {
    guard padding >= 0 else { stop("RandomCrop", "the padding \(padding) is negative") }
    self.size = size
    self.padding = padding
  }

  public func transformed(_ image: RasterImage, using random: inout RandomStream) -> RasterImage {
    image.cropped(to: region(of: image.size, using: &random))
  }

  /// The part that is taken of an image of the given size.
  func region(of image: ImageSize, using random: inout RandomStream) -> ImageRegion {
    func start(_ whole: Int, _ part: Int) -> Int {
      let room = whole + 2 * padding - part
      return room < 0 ? room / 2 - padding : random.integer(below: room + 1) - padding
    }
    let top = start(image.height, size.height)
    let left = start(image.width, size.width)
    return ImageRegion(top: top, left: left, size: size)
  }
}

/// A part of an image of random area and proportions, resized: how networks are trained on ImageNet.
///
/// The area is a share of the image's between the bounds of `scale`, all equally likely, and the width by the height is
/// between those of `ratio`, its logarithm equally likely; ten are tried, then the largest middle part with the nearest
/// possible proportions is taken. Szegedy and others 2015, "Going deeper with convolutions"; the procedure is torchvision's.
public struct RandomResizedCrop: ImageTransform {
  /// The size of the result.
  public let size: ImageSize
  /// The share of the image's area.
  public let scale: ClosedRange<Double>
  /// The width divided by the height.
  public let ratio: ClosedRange<Double>
  /// How pixels are mixed.
  public let filter: ResamplingFilter

  /// A crop resized to the given size. Stops unless the bounds are positive.
  public init(
    _ size: ImageSize, scale: ClosedRange<Double> = 0.08...1, ratio: ClosedRange<Double> = 0.75...(4.0 / 3),
    filter: ResamplingFilter = .bilinear
  ) {
    guard scale.lowerBound > 0, ratio.lowerBound > 0 else {
      stop("RandomResizedCrop", "scale \(scale) and ratio \(ratio) must be above 0")
    }
    self.size = size
    self.scale = scale
    self.ratio = ratio
    self.filter = filter
  }

  public func transformed(_ image: RasterImage, using random: inout RandomStream) -> RasterImage {
    image.cropped(to: region(of: image.size, using: &random)).resized(to: size, filter: filter)
  }

  /// The part that is taken of an image of the given size.
  public func region(of image: ImageSize, using random: inout RandomStream) -> ImageRegion {
    let area = Double(image.height * image.width)
    let logarithms = log(ratio.lowerBound)...log(ratio.upperBound)
    for _ in 0..<10 {
      let target = area * random.uniform(in: scale)
      let proportion = exp(random.uniform(in: logarithms))
      let width = Int((target * proportion).squareRoot().rounded())
      let height = Int((target / proportion).squareRoot().rounded())
      guard (1...image.width).contains(width), (1...image.height).contains(height) else { continue }
      let top = random.integer(below: image.height - height + 1)
      let left = random.integer(below: image.width - width + 1)
      return ImageRegion(top: top, left: left, size: ImageSize(height: height, width: width))
    }
    let proportion = Double(image.width) / Double(image.height)
    var (height, width) = (image.height, image.width)
    if proportion < ratio.lowerBound {
      height = max(1, min(height, Int((Double(width) / ratio.lowerBound).rounded())))
    } else if proportion > ratio.upperBound {
      width = max(1, min(width, Int((Double(height) * ratio.upperBound).rounded())))
    }
    return ImageRegion(centerOf: image, ImageSize(height: height, width: width))
  }
}
