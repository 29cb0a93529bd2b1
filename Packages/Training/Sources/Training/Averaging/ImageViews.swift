import Datasets
import TensorCore

/// The views of an image whose answers are averaged: for each length of the short side ten crops, which are the corners and
/// the middle, as they are and mirrored.
///
/// ```swift
/// let ten = try ImageViews(tenCropsOf: ImageSize(height: 32, width: 32))  // of images of short side 36
/// let fifty = try ImageViews(
///   tenCropsOf: ImageSize(height: 224, width: 224), shortSides: ImageViews.usualShortSides)
/// ```
/// Krizhevsky, Sutskever and Hinton 2012, "ImageNet classification with deep convolutional neural networks", average ten
/// crops; He and others 2016, "Deep residual learning for image recognition", several sizes.
public struct ImageViews: Sendable, Hashable {
  /// The lengths that residual networks are measured at: 224, 256, 384, 480 and 640.
  public static let usualShortSides = [224, 256, 384, 480, 640]

  /// The size of a crop: what the network takes.
  public let cropSize: ImageSize
  /// The lengths of the images' short sides.
  public let shortSides: [Int]
  /// How pixels are mixed.
  public let filter: ResamplingFilter

  /// Ten crops for each length.
  ///
  /// - Parameters:
  ///   - cropSize: what the network takes.
  ///   - shortSides: the lengths of the images' short sides, none shorter than the crop. Default: one, 8/7 of the crop's
  ///     longer side, which makes 256 of 224.
  ///   - filter: how pixels are mixed. Default bilinear, antialiased.
  /// - Throws: `DatasetError` for a crop or a length that cannot be.
  public init(
    tenCropsOf cropSize: ImageSize, shortSides: [Int]? = nil, filter: ResamplingFilter = .bilinear
  ) throws(DatasetError) {
    let longer = max(cropSize.height, cropSize.width)
    let shortSides = shortSides ?? [longer * 8 / 7]
    guard min(cropSize.height, cropSize.width) >= 1, longer <= Preprocessing.maximumSide else {
      throw DatasetError(
        .malformed, "crops", expected: "sides in 1...\(Preprocessing.maximumSide)", found: "\(cropSize)")
    }
    let allowed = longer...max(longer * 8 / 7, Preprocessing.maximumSide)
    guard !shortSides.isEmpty, shortSides.allSatisfy(allowed.contains) else {
      throw DatasetError(
        .malformed, "scales", expected: "short sides in \(allowed), for crops of \(cropSize)",
        found: shortSides.isEmpty ? "none" : shortSides.map(String.init).joined(separator: ", "))
    }
    self.cropSize = cropSize
    self.shortSides = shortSides
    self.filter = filter
  }

  /// The number of views of an image.
  public var count: Int { 10 * shortSides.count }

  /// All views of an image, those of the first length first.
  public func views(of image: RasterImage) -> [RasterImage] {
    shortSides.flatMap { tenCrops(of: image, shortSide: $0) }
  }

  /// The ten crops of the image with its short side of the given length, in the order of `tenCrops`.
  ///
  /// Only what a crop shows is resized: a very long image would become a huge one.
  func tenCrops(of image: RasterImage, shortSide: Int) -> [RasterImage] {
    let size = image.size.withShortSide(shortSide)
    let resizers = regions(of: size).map { region in
      ImageResizer(
        from: image.size, to: size, filter: filter, rows: region.top..<(region.top + cropSize.height),
        columns: region.left..<(region.left + cropSize.width))
    }
    return [image, image.flippedHorizontally()].flatMap { image in resizers.map { $0.resize(image) } }
  }

  /// The corners and the middle.
  private func regions(of size: ImageSize) -> [ImageRegion] {
    let (below, beside) = (size.height - cropSize.height, size.width - cropSize.width)
    let corners = [(0, 0), (0, beside), (below, 0), (below, beside)]
    return corners.map { ImageRegion(top: $0, left: $1, size: cropSize) } + [ImageRegion(centerOf: size, cropSize)]
  }
}
