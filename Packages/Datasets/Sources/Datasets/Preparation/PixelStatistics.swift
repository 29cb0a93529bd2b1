import TensorCore

/// The mean and deviation of a data set's intensities, for each channel.
///
/// Learnt from training images only: a statistic of the test images would leak them into training.
public struct PixelStatistics: Sendable, Hashable {
  /// The mean intensity of each channel.
  public let mean: [Float]
  /// The standard deviation of each channel, `√(Σ (x - mean)² / n)`; 1 where all pixels are equal.
  public let deviation: [Float]

  /// The most images of files that are looked at.
  private static let sampleSize = 1024

  /// The statistics of `dataset`, exactly, then rounded. One pass over the bytes. Of more than 1,024 images in files, as many
  /// are looked at, spread evenly.
  public init(of dataset: ImageDataset) {
    let isSampled = dataset.files != nil && dataset.count > Self.sampleSize
    let dataset =
      isSampled ? dataset.subset((0..<Self.sampleSize).map { $0 * dataset.count / Self.sampleSize }) : dataset
    let pixels = dataset.pixels
    let count = pixels.count / dataset.channels
    let scale = Double(count) * Double(dataset.maximum)
    let sums = (0..<dataset.channels).map { Self.sums(of: dataset, pixels, channel: $0) }
    mean = sums.map { Float(Double($0.values) / scale) }
    deviation = sums.map { sums in
      // n² times the variance, n Σ x² - (Σ x)², is a whole number: equal pixels give exactly 0.
      let spread = Int128(count) * Int128(sums.squares) - Int128(sums.values) * Int128(sums.values)
      return spread > 0 ? Float(Double(spread).squareRoot() / scale) : 1
    }
  }

  /// The sums of the pixel values of a channel and of their squares.
  private static func sums(
    of dataset: ImageDataset, _ pixels: Tensor<UInt8>, channel: Int
  ) -> (values: Int, squares: Int) {
    let area = dataset.imageSize.height * dataset.imageSize.width
    return pixels.withUnsafeBufferPointer { pixels in
      var (values, squares) = (0, 0)
      for image in 0..<dataset.count {
        let start = (image * dataset.channels + channel) * area
        for pixel in pixels[start..<(start + area)] {
          values += Int(pixel)
          squares += Int(pixel) * Int(pixel)
        }
      }
      return (values, squares)
    }
  }
}
