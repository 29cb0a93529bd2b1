import Datasets
import NNLayers
import TensorCore

/// What answers the question of an image's class, once or several times: a network, several of them, or one that answers
/// differently each time. The answers' probabilities are averaged.
///
/// ```swift
/// let one = network.prepared()
/// let several = Ensemble([network, model])
/// let unsure = MonteCarloDropout(network, passes: 30)
/// let average = try several.averagedProbabilities(for: images)
/// ```
public protocol Classifier: Sendable {
  /// The answers to each image: for images `[N, C, H, W]` one or more tensors of logits `[N, classes]`.
  ///
  /// - Throws: `InputError` when the images are not such as are taken.
  func answers(for images: Tensor<Float>) throws(InputError) -> [Tensor<Float>]
}

extension PreparedModel: Classifier {
  public func answers(for images: Tensor<Float>) throws(InputError) -> [Tensor<Float>] { [try predict(images)] }
}

extension Classifier {
  /// The mean over all answers of the classes' probabilities, for each image.
  ///
  /// - Parameter images: `[N, C, H, W]`, prepared as the networks were trained.
  /// - Throws: `InputError` when the images are not such as are taken.
  public func averagedProbabilities(for images: Tensor<Float>) throws(InputError) -> AnswerAverage {
    var average = AnswerAverage(imageCount: images.shape[0])
    for logits in try answers(for: images) { average.add(logits) }
    return average
  }

  /// The mean over all answers to all views of an image: test-time averaging.
  ///
  /// ```swift
  /// let photograph = try ImageFile.read("cat.jpg")
  /// let views = try ImageViews(tenCropsOf: ImageSize(height: 224, width: 224), shortSides: ImageViews.usualShortSides)
  /// let average = try network.prepared().averagedProbabilities(for: [photograph], seenAs: views) { preprocessing.prepare($0) }
  /// ```
  /// The views of one length of the short side are answered together.
  ///
  /// - Parameters:
  ///   - images: images of any size.
  ///   - views: which parts in which sizes.
  ///   - prepare: turns views into the networks' input, `[views, C, H, W]`, such as a `Preprocessing`'s `prepare`.
  /// - Throws: `InputError` when the views are not such as are taken.
  public func averagedProbabilities(
    for images: [RasterImage], seenAs views: ImageViews, preparedBy prepare: ([RasterImage]) -> Tensor<Float>
  ) throws(InputError) -> AnswerAverage {
    var average = AnswerAverage(imageCount: images.count)
    for shortSide in views.shortSides {
      let input = prepare(images.flatMap { views.tenCrops(of: $0, shortSide: shortSide) })
      for logits in try answers(for: input) { average.add(logits, viewsPerImage: 10) }
    }
    return average
  }
}
