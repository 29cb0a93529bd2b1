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

  /// Steps on the images themselves, before they are fitted to the network's size and normalised. Default none.
  public let recipe: AugmentationRecipe?

  /// No change at all.
  public static let none = Augmentation()

  /// The changes of a training. Stops on a negative shift.
  public init(shift: Int = 0, recipe: AugmentationRecipe? = nil) {
    guard shift >= 0 else { stop("augmentation", "a shift is at least 0 pixels, not \(shift)") }
    self.shift = shift
    self.recipe = recipe
  }
}

/// The changes of an epoch's images, with their random numbers.
///
/// What happens to a sample depends on the seed, the epoch and the sample's number in its data set, and on nothing else:
/// neither order, batch size nor threads change it.
public struct Augmenter: Sendable {
  /// The shifts of prepared images, and the recipe of steps before them.
  public let augmentation: Augmentation
  /// Steps that images go through after those of the recipe, before they are prepared.
  public let transforms: [any ImageTransform]
  private let key: UInt64

  /// The changes of one epoch, by its number from 0.
  ///
  /// - Parameters:
  ///   - augmentation: the shifts, after all else, and a recipe.
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

  /// All steps on images of a data set that are shown in the given size.
  func steps(for size: ImageSize) -> [any ImageTransform] {
    (augmentation.recipe?.transforms(for: size) ?? []) + transforms
  }

  /// The random numbers of the steps on image number `sample`.
  func random(sample: Int) -> RandomStream {
    // The shifts of prepared images draw from the streams without the highest bit.
    RandomStream(key: key, stream: 1 << 63 | UInt64(sample), counter: 0)
  }

  /// Image number `sample` of its data set after recipe and transforms.
  public func transformed(_ image: RasterImage, sample: Int) -> RasterImage {
    var random = random(sample: sample)
    return steps(for: image.size).reduce(image) { $1.transformed($0, using: &random) }
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
