import ArgumentParser
import Datasets
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
      """)

  @Argument(help: ArgumentHelp("The run's folder.", valueName: "folder"))
  var folder: String

  @Option(help: ArgumentHelp("Another data set than the run's own.", valueName: "name"))
  var dataset: String?

  @OptionGroup var data: DataOptions

  @Flag(help: "Write one JSON object.")
  var json = false

  @OptionGroup var arithmetic: ArithmeticOptions

  func run() async throws {
    arithmetic.apply()
    let run = try FinishedRun(folder)
    let settings = run.record.settings
    let source = try DatasetLookup.source(named: dataset ?? settings.dataset)
    let isOwn = source.information.name == settings.dataset
    let dataFolder = data.folder ?? (isOwn ? settings.dataFolder : nil)
    try source.check(folder: dataFolder)
    let reporter: any Reporter = json ? JSONReporter() : TextReporter(isLive: Console.isTerminal)
    let splits = try await source.load(folder: dataFolder, downloading: data.download, saying: reporter.say)
    let evaluation = try evaluate(
      run.model, on: PreparedImages(splits.test, settings.preprocessing), batchSize: settings.batchSize)
    show(evaluation, splits.test)
  }

  private func show(_ evaluation: Evaluation, _ images: ImageDataset) {
    guard json else {
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
