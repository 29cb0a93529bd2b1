import TensorCore

/// The mean and deviation of a data set's intensities, for each channel.
///
/// Learnt from training images only: a statistic of the test images would leak them into training.
public struct PixelStatistics: Sendable, Hashable {
  /// The mean intensity of each channel.
  public let mean: [Float]
  /// The standard deviation of each channel, `√(Σ (x - mean)² / n)`; 1 where all pixels are equal.
  public let deviation: [Float]

  /// The statistics of `dataset`, from counts of each pixel value: exact up to the last rounding. One pass over the bytes.
  public init(of dataset: ImageDataset) {
    let channels = Self.histograms(of: dataset).map { Self.moments(of: $0, maximum: dataset.maximum) }
    mean = channels.map { Float($0.mean) }
    deviation = channels.map { $0.deviation > 0 ? Float($0.deviation) : 1 }
  }

  private static func histograms(of dataset: ImageDataset) -> [[Int]] {
    let area = dataset.imageSize.height * dataset.imageSize.width
    var counts = [[Int]](repeating: [Int](repeating: 0, count: 256), count: dataset.channels)
    dataset.pixels.withUnsafeBufferPointer { pixels in
      for channel in 0..<dataset.channels {
        counts[channel].withUnsafeMutableBufferPointer { counts in
          for image in 0..<dataset.count {
            let start = (image * dataset.channels + channel) * area
            for pixel in start..<(start + area) { counts[Int(pixels[pixel])] += 1 }
          }
        }
      }
    }
    return counts
  }

  private static func moments(of histogram: [Int], maximum: UInt8) -> (mean: Double, deviation: Double) {
    // In pixel values, which are exact, so that equal pixels have a deviation of exactly 0.
    let count = Double(histogram.reduce(0, +))
    let mean = histogram.enumerated().reduce(0) { $0 + Double($1.element) * Double($1.offset) } / count
    let variance = histogram.enumerated().reduce(0) { sum, entry in
      sum + Double(entry.element) * (Double(entry.offset) - mean) * (Double(entry.offset) - mean)
    }
    return (mean / Double(maximum), (variance / count).squareRoot() / Double(maximum))
  }
}
