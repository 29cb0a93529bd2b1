import ArgumentParser
import Datasets
import NNLayers
import TensorCore
import Training

/// What answers are averaged.
struct AveragingOptions: ParsableArguments {
  @Flag(
    help: """
      Average over ten crops of an image: the corners and the middle, as they are and mirrored, of the image with its \
      short side 8/7 of the network's.
      """)
  var tenCrops = false

  @Option(
    help: ArgumentHelp(
      "Average over ten crops of the image with its short side of each of these lengths, as 224,256,384,480,640.",
      valueName: "lengths"),
    transform: Numbers.list(in: 1...Preprocessing.maximumSide))
  var scales: [Int]?

  @Option(
    help: ArgumentHelp(
      "Average with the network of another run on the same data; may be repeated.", valueName: "folder"))
  var ensemble: [String] = []

  @Option(
    help: ArgumentHelp(
      "Average over so many answers with dropout in force; shows how far they differ.", valueName: "number"),
    transform: Numbers.whole(in: Limits.dropoutPasses))
  var dropoutPasses: Int?

  /// Whether anything is averaged.
  var isGiven: Bool { tenCrops || scales != nil || !ensemble.isEmpty || dropoutPasses != nil }

  /// The views of an image for a network of images of the given size; nil for the image itself.
  func views(_ size: ImageSize) throws -> ImageViews? {
    guard tenCrops || scales != nil else { return nil }
    do {
      return try ImageViews(tenCropsOf: size, shortSides: scales)
    } catch {
      throw UsageError("--scales: expected \(error.expected), found \(error.found)")
    }
  }

  /// A network alone, asked as often as is wanted. Of one that is shown a single image nothing is prepared: that would
  /// take longer than the answer.
  func classifier(_ network: any Layer, named name: String, forOneImage: Bool = false) throws -> any Classifier {
    guard let dropoutPasses else {
      return forOneImage && !isGiven ? UnpreparedNetwork(network: network) : network.prepared()
    }
    guard network.namedLayers.contains(where: { $0.layer.dropsOut }) else {
      throw UsageError(
        "--dropout-passes: expected a network with dropout, found \(name), whose answers are always the same")
    }
    return MonteCarloDropout(network, passes: dropoutPasses)
  }

  /// A run's network with those of the other runs.
  ///
  /// - Throws: what names the folder of a run that is not finished, or of other data.
  func classifier(_ run: FinishedRun) throws -> any Classifier {
    let settings = run.record.settings
    let first = try classifier(run.model, named: settings.model)
    if ensemble.isEmpty { return first }
    let others = try ensemble.map { folder in
      let other = try FinishedRun(folder)
      let found = other.record.settings
      guard found.preprocessing == settings.preprocessing, found.classNames == settings.classNames else {
        throw OtherData(folder: folder, expected: settings.dataset, found: found.dataset)
      }
      return try classifier(other.model, named: found.model)
    }
    return Ensemble([first] + others)
  }
}

/// A network as it is.
private struct UnpreparedNetwork: Classifier {
  let network: any Layer

  func answers(for images: Tensor<Float>) throws(InputError) -> [Tensor<Float>] { [try network.predict(images)] }
}

extension Layer {
  /// Whether it draws random numbers in training.
  fileprivate var dropsOut: Bool {
    self is Dropout || self is SpatialDropout || self is AlphaDropout || self is DropConnect || self is StochasticDepth
      || self is GaussianNoise
  }
}

/// A run whose network sees other images than the one it is to be averaged with.
private struct OtherData: Error, CustomStringConvertible {
  let folder: String
  let expected: String
  let found: String

  var description: String {
    "\(folder): expected a run on \(expected) with the same preparation and classes, found one on \(found)"
  }
}
