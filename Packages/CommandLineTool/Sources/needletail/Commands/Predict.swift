import ArgumentParser
import Datasets
import Models
import NNLayers
import TensorCore
import Training

/// Says what images show.
struct Predict: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says what images show, by a finished run's network or one with published weights.",
    discussion: """
      The images are prepared as the run's were: turned grey, or coloured, and fitted to their size. The data sets of \
      this program show bright figures on black; --invert is for dark figures on white, as on paper.

      With --model, a network for ImageNet takes its weights from a file: photographs are resized to 256 on their shorter \
      side, cut to the 224×224 in the middle and normalised by ImageNet's mean and deviation.

      EXAMPLES:
        needletail predict runs/lenet5-digits-1 seven.pgm
        needletail predict runs/lenet5-digits-1 --invert scan-1.png scan-2.png
        needletail predict --model resnet50 --weights resnet50.safetensors --labels imagenet.txt cat.jpg
        needletail predict --model resnet50 --weights resnet50.safetensors --scales 224,256,384,480,640 cat.jpg
        needletail predict runs/lenet5-digits-1 --ensemble runs/lenet5-digits-2 seven.pgm
      """)

  @Argument(
    help: ArgumentHelp(
      "The run's folder, unless there is a --model, and the images: \(Self.formats).", valueName: "folder-and-images"),
    completion: .file())
  var paths: [String] = []

  @Option(
    help: ArgumentHelp("A network with weights of its own, one of `needletail models`.", valueName: "name"),
    completion: .list(ModelCatalog.names))
  var model: String?

  @Option(help: Wording.weights, completion: .file(extensions: ["safetensors"]))
  var weights: String?

  @Option(
    help: ArgumentHelp("The names of its classes, one a line. (default: their numbers)", valueName: "file"),
    completion: .file())
  var labels: String?

  @Flag(help: "Take the negative of the images.")
  var invert = false

  @OptionGroup var form: FormOptions

  @OptionGroup(title: "Averaging") var averaging: AveragingOptions

  private static let formats = ImageFile.decoders.map(\.formatNames).joined(separator: ", ")

  func validate() throws {
    if model == nil {
      guard weights == nil, labels == nil else {
        throw ValidationError("--\(weights == nil ? "labels" : "weights") goes with --model")
      }
      guard !paths.isEmpty else { throw ValidationError("folder: expected a run's folder, or --model, found none") }
    } else {
      guard weights != nil else { throw ValidationError("--model needs --weights, the file of its weights") }
      guard !invert else { throw ValidationError("--invert is for a run's network, not for --model") }
      guard averaging.ensemble.isEmpty else {
        throw ValidationError("--ensemble is for a run's network, not for --model")
      }
    }
    guard paths.count == (model == nil ? 1 : 0) else { return }
    let first = paths.first.map { ImageFolder.isImage($0) } ?? false
    throw ValidationError(
      first
        ? "folder: expected a run's folder in front of the images, found none"
        : "image: expected at least one image, found none")
  }

  @OptionGroup var calculation: CalculationOptions

  func run() throws {
    try calculation.apply()
    guard let model else { return try predict(by: FinishedRun(paths[0]), Array(paths.dropFirst())) }
    let entry = try ModelLookup.entry(named: model)
    let network = try PhotographNetwork(
      entry, weights: weights ?? "", labels: labels, imageCount: paths.count, averaging)
    try predict(paths, network.classNames) { try network.predictions(for: $0) }
  }

  private func predict(by run: FinishedRun, _ images: [String]) throws {
    var preprocessing = run.record.settings.preprocessing
    if invert { preprocessing.inverts.toggle() }
    let classifier = try averaging.classifier(run)
    let views = try averaging.views(preprocessing.imageSize)
    try predict(images, run.record.settings.classNames) { image in
      try classifier.predictions(for: image, seenAs: views, preparedBy: preprocessing.prepare)
    }
  }

  /// Shows the answer to each image. All are read before anything is said: a broken file leaves no half answer.
  private func predict(
    _ images: [String], _ classNames: [String], _ answer: (RasterImage) throws -> [Prediction]
  ) throws {
    let pictures = try images.map { try ImageFile.read($0) }
    for (path, picture) in zip(images, pictures) { show(path, try answer(picture), classNames) }
  }

  private func show(_ path: String, _ answer: [Prediction], _ classNames: [String]) {
    guard form.json else { return Console.print(text(path, answer, classNames)) }
    JSONLine.print(
      Result(
        image: path,
        predictions: answer.map {
          Result.Guess(
            label: $0.label, name: classNames[$0.label], probability: $0.probability, deviation: $0.deviation)
        }))
  }

  private func text(_ path: String, _ answer: [Prediction], _ classNames: [String]) -> String {
    let width = answer.map { classNames[$0.label].count }.max() ?? 0
    let lines = answer.map { guess in
      let bar = String(repeating: "█", count: Int((guess.probability * 30).rounded()))
      let percent = Figures.right(Figures.percent(guess.probability), 8)
      let deviation = guess.deviation.map { " ± \(Figures.right(Figures.percent($0), 7))" } ?? ""
      return "  \(Figures.left(classNames[guess.label], width))  \(percent)\(deviation)"
        + (bar.isEmpty ? "" : "  \(bar)")
    }
    return ([path] + lines).joined(separator: "\n")
  }

  private struct Result: Encodable {
    struct Guess: Encodable {
      let label: Int
      let name: String
      let probability: Double
      let deviation: Double?
    }

    let image: String
    let predictions: [Guess]
  }
}

extension Classifier {
  /// The most probable classes of an image, best first, on average over its views if there are several.
  func predictions(
    for image: RasterImage, seenAs views: ImageViews?, preparedBy prepare: ([RasterImage]) -> Tensor<Float>
  ) throws -> [Prediction] {
    let average =
      if let views {
        try averagedProbabilities(for: [image], seenAs: views, preparedBy: prepare)
      } else {
        try averagedProbabilities(for: prepare([image]))
      }
    return average.topPredictions()[0]
  }
}
