import TensorCore

/// How photographs are shown to networks that were trained on ImageNet: torchvision's evaluation transform.
///
/// 1. three equal channels from a grey image;
/// 2. the shorter side resized to ``resizedSide``, the longer in proportion, on bytes and antialiased as Pillow does;
/// 3. the ``cropSide``² pixels in the middle (black where the image has none);
/// 4. `(x / 255 - mean) / deviation`, for each channel.
///
/// ```swift
/// let input = ImageNetPreprocessing.standard.prepare([try ImageFile.read("cat.jpg")])  // [1, 3, 224, 224]
/// ```
public struct ImageNetPreprocessing: Sendable, Hashable {
  /// The length of the shorter side before the crop.
  public let resizedSide: Int
  /// The side of the square in the middle.
  public let cropSide: Int
  /// How pixels are mixed.
  public let filter: ResamplingFilter
  /// For each channel, what is subtracted.
  public let mean: [Float]
  /// For each channel, what the difference is divided by.
  public let deviation: [Float]

  /// Side 256, crop 224, bilinear, with the statistics of ImageNet's training images.
  public static let standard = ImageNetPreprocessing(
    unchecked: 256, 224, .bilinear, standardMean, standardDeviation)

  /// The mean of ImageNet's training images.
  public static let standardMean: [Float] = [0.485, 0.456, 0.406]
  /// The deviation of ImageNet's training images.
  public static let standardDeviation: [Float] = [0.229, 0.224, 0.225]

  /// A recipe.
  ///
  /// - Throws: ``DatasetError`` unless both sides are between 1 and ``Preprocessing/maximumSide`` and there are three
  ///   finite means and deviations above 0.
  public init(
    resizedSide: Int = 256, cropSide: Int = 224, filter: ResamplingFilter = .bilinear,
    mean: [Float] = standardMean, deviation: [Float] = standardDeviation
  ) throws(DatasetError) {
    // The same limits and messages as any other recipe.
    for side in [resizedSide, cropSide] {
      _ = try Preprocessing(
        channels: 3, imageSize: ImageSize(height: side, width: side), mean: mean, deviation: deviation)
    }
    self.init(unchecked: resizedSide, cropSide, filter, mean, deviation)
  }

  private init(
    unchecked resizedSide: Int, _ cropSide: Int, _ filter: ResamplingFilter, _ mean: [Float], _ deviation: [Float]
  ) {
    self.resizedSide = resizedSide
    self.cropSide = cropSide
    self.filter = filter
    self.mean = mean
    self.deviation = deviation
  }

  /// The shape of one prepared image: `[3, cropSide, cropSide]`.
  public var outputShape: Shape { [3, cropSide, cropSide] }

  /// The images as a network sees them, `[N, 3, cropSide, cropSide]`. They may differ in size and channels.
  public func prepare(_ images: [RasterImage]) -> Tensor<Float> {
    let imageCount = outputShape.count
    return Tensor(shape: Shape([images.count] + outputShape.sizes)) { target in
      let target = UncheckedTarget(start: target.baseAddress)
      ThreadPool.run(blocks: images.count) { index in
        guard let start = target.start else { return }
        write(crop(images[index]), to: start + index * imageCount)
      }
    }
  }

  /// Steps 1 to 3 for one image.
  public func crop(_ image: RasterImage) -> ByteImage {
    let bytes = ByteImage(image.converted(toChannels: 3))
    let resized = bytes.size.withShortSide(resizedSide)
    let crop = ImageSize(height: cropSide, width: cropSide)
    let region = ImageRegion(centerOf: resized, crop)
    // Only what the crop shows is resized: an image of one row would become a very long one.
    let resizer = ImageResizer(
      from: bytes.size, to: resized, filter: filter, rows: region.rows(of: resized),
      columns: region.columns(of: resized))
    return resizer.resize(bytes).centerCropped(to: crop)
  }

  private func write(_ image: ByteImage, to target: UnsafeMutablePointer<Float>) {
    let area = image.size.height * image.size.width
    image.pixels.withUnsafeBufferPointer { pixels in
      for channel in 0..<3 {
        let (mean, deviation) = (mean[channel], deviation[channel])
        for index in channel * area..<(channel + 1) * area {
          target[index] = (Float(pixels[index]) / 255 - mean) / deviation
        }
      }
    }
  }
}

/// Where blocks write side by side.
struct UncheckedTarget<Element>: @unchecked Sendable {
  let start: UnsafeMutablePointer<Element>?
}
