import TensorCore

/// A data set seen through its preprocessing: what batches are made of.
///
/// Bytes become numbers as they are asked for, in one pass: without a change of size or channels, by a table of the 256
/// normalised values of a pixel (about 1 ns a pixel). The bits are those of ``Preprocessing/prepare(_:)``.
public struct PreparedImages: Sendable {
  /// The images and labels.
  public let dataset: ImageDataset
  /// The recipe.
  public let preprocessing: Preprocessing
  /// For each channel, the normalised value of each byte; nil when pixels are mixed with each other.
  private let table: [Float]?
  private let resizer: ImageResizer?
  /// What comes after the preprocessing.
  private let correction: (any ImageCorrection)?
  /// All prepared images, once ``cached()`` has made them.
  private var cache: Tensor<Float>?

  /// The images of `dataset`, prepared by `preprocessing`, then by `correction` if there is one.
  public init(
    _ dataset: ImageDataset, _ preprocessing: Preprocessing, correction: (any ImageCorrection)? = nil
  ) {
    self.dataset = dataset
    self.preprocessing = preprocessing
    self.correction = correction
    let keepsPixels =
      dataset.channels == preprocessing.channels && dataset.imageSize == preprocessing.imageSize
      && preprocessing.resizedSize == nil
    resizer = preprocessing.resizer
    table = keepsPixels ? Self.table(of: preprocessing, maximum: dataset.maximum) : nil
  }

  /// The number of images.
  public var count: Int { dataset.count }

  /// The same with all images prepared now and kept: for sets that are small in memory and slow to prepare.
  ///
  /// Takes `4 C H W` bytes an image. Images that are transformed at random are still prepared each time.
  public func cached() -> PreparedImages {
    guard cache == nil else { return self }
    var copy = self
    copy.cache = images(at: Array(0..<count))
    return copy
  }

  /// The prepared images at `indices`, `[indices.count, C, H, W]`.
  ///
  /// Stops on an index outside of the set.
  public func images(at indices: [Int]) -> Tensor<Float> {
    if let cache {
      checkIndices(indices)
      return cache.take(Tensor(indices.map(Int64.init)), along: 0)
    }
    return corrected(prepared(indices))
  }

  /// Other images prepared as these are, such as views of them: `[images.count, C, H, W]`.
  public func prepared(_ images: [RasterImage]) -> Tensor<Float> { corrected(preprocessing.prepare(images)) }

  private func corrected(_ images: Tensor<Float>) -> Tensor<Float> { correction?.corrected(images) ?? images }

  private func checkIndices(_ indices: [Int]) {
    guard let wrong = indices.first(where: { !(0..<count).contains($0) }) else { return }
    stop("images", "there is no image \(wrong), the set has \(count)")
  }

  private func prepared(_ indices: [Int]) -> Tensor<Float> {
    checkIndices(indices)
    let imageCount = preprocessing.outputShape.count
    return Tensor(shape: Shape([indices.count] + preprocessing.outputShape.sizes)) { target in
      for (position, index) in indices.enumerated() {
        let part = target[(position * imageCount)..<((position + 1) * imageCount)]
        write(index, to: UnsafeMutableBufferPointer(rebasing: part))
      }
    }
  }

  /// The images at `indices` after the transforms of `augmenter`, prepared, `[indices.count, C, H, W]`.
  ///
  /// One after the other on several threads; each image's random numbers are its own.
  func images(at indices: [Int], transformedBy augmenter: Augmenter) -> Tensor<Float> {
    guard !augmenter.transforms.isEmpty else { return images(at: indices) }
    checkIndices(indices)
    let imageCount = preprocessing.outputShape.count
    let images = Tensor<Float>(shape: Shape([indices.count] + preprocessing.outputShape.sizes)) { target in
      let target = UncheckedTarget(start: target.baseAddress)
      ThreadPool.run(blocks: indices.count) { position in
        guard let start = target.start else { return }
        let image = augmenter.transformed(dataset.image(indices[position]), sample: indices[position])
        let part = UnsafeMutableBufferPointer(start: start + position * imageCount, count: imageCount)
        preprocessing.write(image, resizedBy: resizer, to: part)
      }
    }
    return corrected(images)
  }

  private func write(_ index: Int, to target: UnsafeMutableBufferPointer<Float>) {
    guard let table else {
      return preprocessing.write(dataset.image(index), resizedBy: resizer, to: target)
    }
    let area = dataset.imageSize.height * dataset.imageSize.width
    dataset.pixels.withUnsafeBufferPointer { pixels in
      table.withUnsafeBufferPointer { table in
        for channel in 0..<dataset.channels {
          let from = (index * dataset.channels + channel) * area
          preprocessing.writePadded(channel: channel, to: target) { table[channel * 256 + Int(pixels[from + $0])] }
        }
      }
    }
  }

  private static func table(of preprocessing: Preprocessing, maximum: UInt8) -> [Float] {
    (0..<preprocessing.channels).flatMap { channel in
      (0...UInt8.max).map { byte in
        let intensity = ImageDataset.intensity(byte, maximum: maximum)
        return preprocessing.normalised(preprocessing.inverts ? 1 - intensity : intensity, channel: channel)
      }
    }
  }
}

extension ImageDataset {
  /// The intensity that a pixel value stands for.
  @inline(__always)
  static func intensity(_ pixel: UInt8, maximum: UInt8) -> Float { Float(pixel) / Float(maximum) }

  /// Image `index` as intensities. Stops on an index outside of the set.
  public func image(_ index: Int) -> RasterImage {
    guard (0..<count).contains(index) else { stop("image", "there is no image \(index), the set has \(count)") }
    let imageCount = pixels.count / count
    let intensities = pixels.withUnsafeBufferPointer { pixels in
      pixels[(index * imageCount)..<((index + 1) * imageCount)].map { Self.intensity($0, maximum: maximum) }
    }
    return RasterImage(channels: channels, size: imageSize, intensities: intensities)
  }
}
