import Datasets
import Foundation
import Models
import NNLayers
import TensorCore
import Training

/// A network of the catalogue with weights for photographs, and how photographs are shown to it.
struct PhotographNetwork {
  let classNames: [String]
  private let classifier: any Classifier
  private let views: ImageViews?
  private let prepare: @Sendable ([RasterImage]) -> Tensor<Float>

  /// The network with the weights in the file at `weights`, its classes named by the lines of the file at `labels`, for so
  /// many images.
  ///
  /// - Throws: `UsageError` for a network that is not for photographs, or that cannot be asked as is wanted; `FileError`
  ///   naming a file that does not fit.
  init(_ entry: ModelEntry, weights: String, labels: String?, imageCount: Int, _ averaging: AveragingOptions) throws {
    let preparation = ImageNetPreprocessing.standard
    guard entry.facts.input == preparation.outputShape else {
      throw UsageError(
        "--model: expected a network for photographs of \(InputSize(preparation.outputShape)), found '\(entry.name)' for "
          + "images of \(InputSize(entry.facts.input))")
    }
    let state = try StateDictionary(contentsOf: weights)
    let options = try entry.options(for: state, path: weights)
    guard options.inputChannels == preparation.outputShape[0] else {
      throw FileError.malformed(
        file: weights, expected: "weights for images of 3 channels", found: "\(options.inputChannels)")
    }
    classNames = try labels.map { try Self.names($0, count: options.classCount) } ?? Self.numbers(options.classCount)
    let network = withoutInitialWeights { Self.make(entry, options) }
    try network.load(state, from: weights)
    classifier = try averaging.classifier(network, named: entry.name, forOneImage: imageCount == 1)
    views = try averaging.views(ImageSize(height: preparation.cropSide, width: preparation.cropSide))
    if views == nil {
      prepare = { images in preparation.prepare(images) }
    } else {
      // Views have their size already.
      prepare = try Self.normalization(preparation)
    }
  }

  private static func normalization(
    _ preparation: ImageNetPreprocessing
  ) throws -> @Sendable ([RasterImage]) -> Tensor<Float> {
    let recipe = try Preprocessing(
      channels: 3, imageSize: ImageSize(height: preparation.cropSide, width: preparation.cropSide),
      mean: preparation.mean, deviation: preparation.deviation)
    return { images in recipe.prepare(images) }
  }

  /// The most probable classes of an image, best first.
  func predictions(for image: RasterImage) throws -> [Prediction] {
    try classifier.predictions(for: image, seenAs: views, preparedBy: prepare)
  }

  /// torchvision's GoogLeNet was trained on another range of numbers, to which the network brings its images.
  private static func make(_ entry: ModelEntry, _ options: ModelOptions) -> any Layer {
    entry.name == "googlenet"
      ? GoogLeNet(.batchNorm, classCount: options.classCount, transformsInput: true) : entry.make(options)
  }

  private static func numbers(_ count: Int) -> [String] { (0..<count).map { "class \($0)" } }

  private static func names(_ path: String, count: Int) throws(FileError) -> [String] {
    let text = String(decoding: try InputFile.contents(of: path, limit: Limits.labelFile), as: UTF8.self)
    var names = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map { $0.trimmingCharacters(in: .whitespaces) }
    while names.last?.isEmpty == true { names.removeLast() }
    guard names.count == count else {
      throw .malformed(file: path, expected: "a line for each of the \(count) classes", found: "\(names.count) lines")
    }
    return names
  }
}
