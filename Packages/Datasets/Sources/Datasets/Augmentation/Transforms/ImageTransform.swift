import TensorCore

/// A change of an image, mostly at random: a step of augmentation.
///
/// Steps work on intensities of 0 to 1, before an image is fitted to a network's size and normalised; they may change its
/// size. What a step does depends on the image and on the random numbers that it is given, on nothing else.
///
/// ```swift
/// let augmenter = Augmenter(
///   transforms: [RandomResizedCrop(ImageSize(height: 224, width: 224)), RandomHorizontalFlip(), ColorJitter(hue: 0.1)],
///   seed: 1, epoch: epoch)
/// ```
public protocol ImageTransform: Sendable {
  /// The changed image.
  func transformed(_ image: RasterImage, using random: inout RandomStream) -> RasterImage
}

/// Steps one after the other.
public struct TransformSequence: ImageTransform {
  /// The steps.
  public let steps: [any ImageTransform]

  /// The given steps, in order.
  public init(_ steps: [any ImageTransform]) { self.steps = steps }

  public func transformed(_ image: RasterImage, using random: inout RandomStream) -> RasterImage {
    steps.reduce(image) { $1.transformed($0, using: &random) }
  }
}

/// A step that is taken with some probability.
public struct RandomApplication: ImageTransform {
  /// The step.
  public let step: any ImageTransform
  /// How likely it is taken.
  public let probability: Double

  /// A step taken with the given probability, 1/2 by default. Stops unless that is in 0...1.
  public init(_ step: any ImageTransform, probability: Double = 0.5) {
    checkProbability(probability)
    self.step = step
    self.probability = probability
  }

  public func transformed(_ image: RasterImage, using random: inout RandomStream) -> RasterImage {
    random.uniform() < probability ? step.transformed(image, using: &random) : image
  }
}

/// One of several steps, each as likely.
public struct RandomChoice: ImageTransform {
  /// The steps.
  public let steps: [any ImageTransform]

  /// One of the given steps. Stops when there is none.
  public init(_ steps: [any ImageTransform]) {
    guard !steps.isEmpty else { stop("transform", "there is no step to choose") }
    self.steps = steps
  }

  public func transformed(_ image: RasterImage, using random: inout RandomStream) -> RasterImage {
    steps[random.integer(below: steps.count)].transformed(image, using: &random)
  }
}

/// Stops unless `probability` is in 0...1.
func checkProbability(_ probability: Double) {
  guard (0...1).contains(probability) else { stop("transform", "a probability is in 0...1, not \(probability)") }
}

extension RandomStream {
  /// A number between the bounds, each equally likely.
  mutating func uniform(in range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
  }
}
