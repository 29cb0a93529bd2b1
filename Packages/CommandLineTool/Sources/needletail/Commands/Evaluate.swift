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
    let splits = try await source.load(data, saying: reporter.say)
    if !view.measuresAll { try check(source, splits, run.record) }
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

  /// Refuses a folder that changed since the run, where test images are drawn from all: others would be drawn, and among them
  /// such that the network was trained with.
  private func check(_ source: any DatasetSource, _ splits: DatasetSplits, _ record: RunRecord) throws {
    guard let folder = source as? ImageFolder, folder.drawsTestImages else { return }
    let expected = record.trainingCount + (record.validationCount ?? 0) + record.testCount
    let found = splits.training.count + (splits.validation?.count ?? 0) + splits.test.count
    guard found != expected else { return }
    throw FileError.malformed(
      file: folder.root.path, expected: "the \(expected) images that the run had",
      found: "\(found): of a changed folder, images that it was trained with would be measured")
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

extension RunSettings {
  /// Whether a folder is another one than that with the images of training, which must be there still: a folder that was moved
  /// looks like another one, too.
  fileprivate func isOtherFolder(_ path: String) -> Bool {
    guard dataset == ImageFolder.name, let dataFolder else { return true }
    guard FileManager.default.fileExists(atPath: dataFolder) else { return false }
    func place(_ path: String) -> String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path }
    return place(path) != place(dataFolder)
  }
}
