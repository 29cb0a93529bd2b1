import ArgumentParser
import Datasets
import Foundation
import Training

/// Measures a finished run's network on test images.
struct Evaluate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures a finished run's network on test images.",
    discussion: """
      The images are prepared as the run's were. Nothing is written.

      EXAMPLES:
        needletail evaluate runs/lenet5-digits-1
        needletail evaluate runs/lenet5-mnist-1 --dataset fashion-mnist --data ~/fashion
        needletail evaluate runs/resnet18-folder-1 --data ~/other-pictures
        needletail evaluate runs/resnet20-cifar-10-1 --data ~/cifar --ten-crops
        needletail evaluate runs/lenet5-digits-1 --ensemble runs/lenet5-digits-2 --ensemble runs/lenet5-digits-3
      """)

  @Argument(help: ArgumentHelp("The run's folder.", valueName: "folder"), completion: .directory)
  var folder: String

  @Option(
    help: ArgumentHelp("Another data set than the run's own.", valueName: "name"),
    completion: .list(DatasetLookup.names))
  var dataset: String?

  @OptionGroup var data: DataOptions

  @Flag(help: "\(Wording.skipBroken.abstract) (default: as the run did)")
  var skipBroken = false

  @OptionGroup(title: "Averaging") var averaging: AveragingOptions

  @OptionGroup var form: FormOptions
  @OptionGroup var calculation: CalculationOptions

  func run() async throws {
    try calculation.apply()
    let run = try FinishedRun(folder)
    let settings = run.record.settings
    let name = dataset ?? settings.dataset
    var data = data
    if name == settings.dataset { data.folder = data.folder ?? settings.dataFolder }
    if dataset == nil {
      try settings.checkDataset(recordedIn: RunFolder(folder).path(of: .record), advice: ", or --dataset")
    }
    if skipBroken && name != ImageFolder.name { throw UsageError("--skip-broken is for --dataset folder") }
    var view = FolderView(settings)
    view.skipsBroken = view.skipsBroken || skipBroken
    view.measuresAll = data.folder.map(settings.isOtherFolder) ?? false
    let source = try DatasetLookup.source(named: name, data: data, view)
    try source.check(classNames: settings.classNames)
    // Before data are fetched and read, which may take long.
    let classifier = averaging.isGiven ? try averaging.classifier(run) : nil
    let views = try averaging.views(settings.preprocessing.imageSize)
    let reporter: any Reporter = form.json ? JSONReporter() : TextReporter(isLive: Console.isTerminal)
    let splits = try await load(source, data, view, run.record, reporter)
    let samples = PreparedImages(splits.test, settings.preprocessing)
    let evaluation =
      if let classifier {
        try evaluate(classifier, on: samples, seenAs: views, batchSize: settings.batchSize)
      } else {
        try evaluate(
          run.model, on: samples, batchSize: settings.batchSize, loss: settings.loss.function())
      }
    show(evaluation, splits.test)
  }

  /// The images. From a folder that changed since the run other test images would be drawn, among them such that it was
  /// trained with: it is refused; elsewhere and with another number of images, it is another folder, and all are measured.
  private func load(
    _ source: any DatasetSource, _ data: DataOptions, _ view: FolderView, _ record: RunRecord, _ reporter: any Reporter
  ) async throws -> DatasetSplits {
    let splits = try await source.load(data, saying: reporter.say)
    guard let folder = source as? ImageFolder, folder.drawsTestImages, splits.count != record.imageCount else {
      return splits
    }
    guard record.settings.isElsewhere(folder.root.path) else {
      throw FileError.malformed(
        file: folder.root.path, expected: "the \(record.imageCount) images that the run had",
        found: "\(splits.count): of a changed folder, images that it was trained with would be measured")
    }
    var view = view
    view.measuresAll = true
    let all = try DatasetLookup.source(named: source.information.name, data: data, view)
    return try await all.load(data, saying: reporter.say)
  }

  private func show(_ evaluation: Evaluation, _ images: ImageDataset) {
    guard form.json else {
      return Console.print(EvaluationText(evaluation, images: images, classNames: images.classNames).text)
    }
    JSONLine.print(
      Result(
        dataset: images.information.name, testCount: images.count, testAccuracy: evaluation.accuracy,
        testLoss: evaluation.loss, confusion: evaluation.confusion.counts))
  }

  private struct Result: Encodable {
    let dataset: String
    let testCount: Int
    let testAccuracy: Double
    let testLoss: Double
    let confusion: [[Int]]
  }
}

extension DatasetSplits {
  fileprivate var count: Int { training.count + (validation?.count ?? 0) + test.count }
}

extension RunRecord {
  fileprivate var imageCount: Int { trainingCount + (validationCount ?? 0) + testCount }
}

extension RunSettings {
  /// Whether a folder is another one than that with the images of training, which must be there still: a folder that was moved
  /// looks like another one, too.
  fileprivate func isOtherFolder(_ path: String) -> Bool {
    guard dataset == ImageFolder.name, let dataFolder else { return true }
    return FileManager.default.fileExists(atPath: dataFolder) && isElsewhere(path)
  }

  /// Whether a path leads to another place than the folder of training's images.
  fileprivate func isElsewhere(_ path: String) -> Bool {
    func place(_ path: String) -> String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path }
    return dataFolder.map { place($0) != place(path) } ?? true
  }
}
