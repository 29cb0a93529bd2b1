import TensorCore

/// A data set seen through its preprocessing: what batches are made of.
///
/// Bytes become numbers as they are asked for, in one pass: without a change of size or channels, by a table of the 256
/// normalised values of a pixel (a third of a nanosecond a pixel). The bits are those of ``Preprocessing/prepare(_:)``.
public struct PreparedImages: Sendable {
  /// The images and labels.
  public let dataset: ImageDataset
  /// The recipe.
  public let preprocessing: Preprocessing
  /// For each channel, the normalised value of each byte; nil when pixels are mixed with each other.
  let table: [Float]?
  let resizer: ImageResizer?
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

  /// The prepared images at `indices`, `[indices.count, C, H, W]`; black where a file can no longer be read.
  ///
  /// Stops on an index outside of the set.
  public func images(at indices: [Int]) -> Tensor<Float> { read(indices, by: nil).images }

  /// Other images prepared as these are, such as views of them: `[images.count, C, H, W]`.
  public func prepared(_ images: [RasterImage]) -> Tensor<Float> { corrected(preprocessing.prepare(images)) }

  private func corrected(_ images: Tensor<Float>) -> Tensor<Float> { correction?.corrected(images) ?? images }

  /// The prepared images at `indices` after the transforms of `augmenter`, if there is one, with the error of the first
  /// file that cannot be read.
  ///
  /// Each image's random numbers are its own.
  func read(_ indices: [Int], by augmenter: Augmenter?) -> (images: Tensor<Float>, failure: FileError?) {
    dataset.checkIndices(indices)
    let steps = augmenter?.steps(for: dataset.imageSize) ?? []
    if let cache, steps.isEmpty { return (cache.take(Tensor(indices.map(Int64.init)), along: 0), nil) }
    let isKept = dataset.files == nil && table != nil
    let moves = isKept ? Rearrangement.moves(steps, size: dataset.imageSize) : nil
    let imageCount = preprocessing.outputShape.count
    var failure: FileError?
    let images = Tensor<Float>(shape: Shape([indices.count] + preprocessing.outputShape.sizes)) { target in
      let target = UncheckedTarget(start: target.baseAddress)
      func part(_ position: Int) -> UnsafeMutableBufferPointer<Float> {
        UnsafeMutableBufferPointer(start: target.start.map { $0 + position * imageCount }, count: imageCount)
      }
      if let moves {
        moved(indices, by: augmenter, moves, to: part)
      } else {
        failure = firstFailure(indices.count) { position throws(FileError) in
          try write(indices[position], by: augmenter, steps, to: part(position))
        }
      }
    }
    return (corrected(images), failure)
  }

  /// Does `work` for each position, several at a time; the error of the first that throws.
  private func firstFailure(_ count: Int, _ work: (Int) throws(FileError) -> Void) -> FileError? {
    var failures = [FileError?](repeating: nil, count: count)
    failures.withUnsafeMutableBufferPointer { failures in
      let failures = UncheckedTarget(start: failures.baseAddress)
      ThreadPool.run(blocks: count) { position in
        do throws(FileError) {
          try work(position)
        } catch {
          failures.start?[position] = error
        }
      }
    }
    return failures.lazy.compactMap { $0 }.first
  }

  /// One image by way of intensities. Black, and throws, when its file cannot be read.
  private func write(
    _ index: Int, by augmenter: Augmenter?, _ steps: [any ImageTransform],
    to target: UnsafeMutableBufferPointer<Float>
  ) throws(FileError) {
    do throws(FileError) {
      guard let augmenter, !steps.isEmpty else {
        let shown = try dataset.files.map { files throws(FileError) in try files.image(index).raster }
        return preprocessing.write(shown ?? dataset.image(index), resizedBy: resizer, to: target)
      }
      var random = augmenter.random(sample: index)
      let image = steps.reduce(try dataset.whole(index)) { $1.transformed($0, using: &random) }
      preprocessing.write(image, resizedBy: resizer, to: target)
    } catch {
      preprocessing.write(dataset.image(index), resizedBy: resizer, to: target)
      throw error
    }
  }

  private static func table(of preprocessing: Preprocessing, maximum: UInt8) -> [Float] {
    (0..<preprocessing.channels).flatMap { channel in
      (0...UInt8.max).map { byte in
        let intensity = ImageDataset.intensity(byte, maximum: maximum)
        return preprocessing.normalized(preprocessing.inverts ? 1 - intensity : intensity, channel: channel)
      }
    }
  }
}
