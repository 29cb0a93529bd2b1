import TensorCore

/// What is changed at random in training images, so that each epoch shows other versions of them; never in test images.
///
/// ```swift
/// let augmenter = Augmenter(Augmentation(shift: 2), seed: 1, epoch: epoch)
/// let batches = Batches(samples, size: 64, order: .shuffled(seed: 1, epoch: epoch), augmenter: augmenter)
/// ```
public struct Augmentation: Sendable, Hashable {
  /// The most pixels that an image is shifted by along each axis; see ``RandomShift``. Default 0.
  public let shift: Int

  /// No change at all.
  public static let none = Augmentation()

  /// The changes of a training. Stops on a negative shift.
  public init(shift: Int = 0) {
    guard shift >= 0 else { stop("augmentation", "a shift is at least 0 pixels, not \(shift)") }
    self.shift = shift
  }
}

/// The changes of an epoch's images, with their random numbers.
///
/// What happens to a sample depends on the seed, the epoch and the sample's number in its data set, and on nothing else:
/// neither order, batch size nor threads change it.
public struct Augmenter: Sendable {
  /// The shifts of prepared images.
  public let augmentation: Augmentation
  /// The steps that images go through before they are prepared.
  public let transforms: [any ImageTransform]
  private let key: UInt64

  /// The changes of one epoch, by its number from 0.
  ///
  /// - Parameters:
  ///   - augmentation: the shifts, after all else.
  ///   - transforms: steps on the data set's images, before they are fitted to the network's size and normalised.
  ///   - seed: the seed of the training.
  ///   - epoch: the number of the epoch.
  public init(
    _ augmentation: Augmentation = .none, transforms: [any ImageTransform] = [], seed: UInt64, epoch: Int
  ) {
    self.augmentation = augmentation
    self.transforms = transforms
    // Weights, orders and the steps of a training draw from other streams of the seed.
    var random = RandomStream(key: seed, stream: 1 << 62 | UInt64(epoch), counter: 0)
    key = random.next()
  }

  /// Image number `sample` of its data set after the transforms.
  public func transformed(_ image: RasterImage, sample: Int) -> RasterImage {
    // The shifts of prepared images draw from the streams without the highest bit.
    var random = RandomStream(key: key, stream: 1 << 63 | UInt64(sample), counter: 0)
    return transforms.reduce(image) { $1.transformed($0, using: &random) }
  }

  /// Prepared images `[N, C, H, W]` as this epoch shows them; `samples` are their N numbers in the data set.
  public func augmented(_ images: Tensor<Float>, samples: [Int]) -> Tensor<Float> {
    guard images.rank == 4, images.shape[0] == samples.count else {
      stop("augmented", "\(samples.count) samples need images [\(samples.count), C, H, W], not \(images.shape)")
    }
    guard augmentation.shift > 0 else { return images }
    let shifts = samples.map { sample in
      var random = RandomStream(key: key, stream: UInt64(sample), counter: 0)
      return RandomShift(atMost: augmentation.shift, using: &random)
    }
    return shifted(images, by: shifts)
  }
}
