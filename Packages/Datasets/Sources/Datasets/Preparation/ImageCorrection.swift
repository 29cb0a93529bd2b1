import TensorCore

/// What is done to prepared images after all else, with statistics of the training images: subtracting their mean image, or
/// whitening.
public protocol ImageCorrection: Sendable {
  /// The corrected images; `[N, …]` as they come.
  func corrected(_ images: Tensor<Float>) -> Tensor<Float>
}

/// Subtracts the mean of all training images, pixel by pixel, as AlexNet's authors did; ``PixelStatistics`` has one mean for
/// each channel instead.
public struct MeanImage: ImageCorrection {
  /// The mean, `[C, H, W]`.
  public let mean: Tensor<Float>

  /// The mean of prepared training images. One pass, in Float64.
  public init(of training: PreparedImages) {
    let shape = training.preprocessing.outputShape
    var sums = [Double](repeating: 0, count: shape.count)
    for start in stride(from: 0, to: training.count, by: 256) {
      let images = training.images(at: Array(start..<min(start + 256, training.count)))
      images.withUnsafeBufferPointer { images in
        sums.withUnsafeMutableBufferPointer { sums in
          for image in stride(from: 0, to: images.count, by: sums.count) {
            for pixel in sums.indices { sums[pixel] += Double(images[image + pixel]) }
          }
        }
      }
    }
    mean = Tensor(sums.map { Float($0 / Double(training.count)) }, shape: shape)
  }

  public func corrected(_ images: Tensor<Float>) -> Tensor<Float> { images - mean }
}
