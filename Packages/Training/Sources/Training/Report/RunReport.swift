import Datasets
import NNLayers

/// The page that shows a finished run: curves, confusion matrix, wrong answers, and what happens within the network. One file that
/// fetches nothing.
struct RunReport {
  private let record: RunRecord
  private let evaluation: Evaluation
  private let images: ImageDataset
  private let inspection: NetworkInspection

  /// The page of a run.
  ///
  /// - Parameters:
  ///   - record: what the run was and reached.
  ///   - evaluation: the measurement of its weights.
  ///   - model: the network with these weights.
  ///   - test: the test images.
  init(_ record: RunRecord, _ evaluation: Evaluation, _ model: any Layer, test: PreparedImages) {
    self.record = record
    self.evaluation = evaluation
    images = test.dataset
    inspection = NetworkInspection(model, on: test)
  }

  private var classNames: [String] { record.settings.classNames }

  /// The page.
  var html: String {
    let title = escaped("\(record.settings.model) on \(record.settings.dataset)")
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(title)</title>
      <style>\(ReportStyle.css)</style>
      </head>
      <body>
      <h1>\(title)</h1>
      <p class="result">\(percent(evaluation.accuracy)) of \(evaluation.confusion.total) test images recognised</p>
      <h2>Curves</h2>
      <div class="charts">
      \(lossChart.svg)
      \(accuracyChart.svg)
      \(rateChart.svg)
      </div>
      <h2>Confusion matrix</h2>
      \(ConfusionTable(confusion: evaluation.confusion, classNames: classNames).html)
      <h2>Wrong answers</h2>
      \(wrongAnswers)
      \(InspectionSection(inspection: inspection, images: images).html)
      <h2>Run</h2>
      <table class="facts"><tbody>
      \(facts.map { "<tr><th scope=\"row\">\($0.0)</th><td>\(escaped($0.1))</td></tr>" }.joined(separator: "\n"))
      </tbody></table>
      </body>
      </html>

      """
  }

  private var lossChart: CurveChart {
    CurveChart(
      title: "Loss by epoch", valueLabel: "loss",
      series: [
        .init(name: "training", style: "training", values: record.epochs.map { $0.trainingLoss })
      ] + validation { $0.validationLoss } + [
        .init(name: "test", style: "test", values: record.epochs.map(\.testLoss))
      ])
  }

  private var accuracyChart: CurveChart {
    CurveChart(
      title: "Accuracy by epoch", valueLabel: "accuracy, %",
      series: [
        .init(name: "training", style: "training", values: record.epochs.map { $0.trainingAccuracy * 100 })
      ] + validation { $0.validationAccuracy.map { $0 * 100 } } + [
        .init(name: "test", style: "test", values: record.epochs.map { $0.testAccuracy.map { $0 * 100 } })
      ])
  }

  /// The curve of the validation images, if there are any.
  private func validation(_ value: (EpochReport) -> Double?) -> [CurveChart.Series] {
    let values = record.epochs.map(value)
    return values.contains { $0 != nil } ? [.init(name: "validation", style: "validation", values: values)] : []
  }

  private var rateChart: CurveChart {
    CurveChart(
      title: "Learning rate by epoch", valueLabel: "learning rate",
      series: [.init(name: "at the end of the epoch", style: "rate", values: record.epochs.map { $0.learningRate })])
  }

  private var wrongAnswers: String {
    let wrong = evaluation.confusion.total - evaluation.confusion.correct
    guard wrong > 0 else { return "<p>None: every test image was recognised.</p>" }
    let figures = evaluation.wrongAnswers.map(figure).joined(separator: "\n")
    return """
      <p>\(evaluation.wrongAnswers.count) of \(wrong), those that the network was surest of.</p>
      <div class="answers">
      \(figures)
      </div>
      """
  }

  private func figure(_ answer: WrongAnswer) -> String {
    let label = escaped(classNames[answer.label])
    let guess = answer.predictions.first.map { (escaped(classNames[$0.label]), percent($0.probability)) }
    let address = PNGImage.address(images.image(answer.sampleIndex))
    return """
      <figure><img src="\(address)" alt="test image \(answer.sampleIndex)">\
      <figcaption>true <b>\(label)</b><br>predicted <b>\(guess?.0 ?? "–")</b><br>\(guess?.1 ?? "")</figcaption></figure>
      """
  }

  private var facts: [(String, String)] {
    let settings = record.settings
    return [
      ("network", settings.model), ("data set", settings.dataset),
      ("images", "\(record.trainingCount) for training, \(record.testCount) for test"),
      ("epochs", "\(settings.epochs), \(record.step) steps of \(settings.batchSize) images"),
      ("optimiser", "\(settings.optimizer)"),
      ("learning rate", "\(settings.learningRate), \(settings.schedule.name)"),
      ("label smoothing", "\(settings.labelSmoothing)"), ("shift", "at most \(settings.shift) pixels"),
      ("augmentation", settings.augmentation?.rawValue ?? "none"),
      ("seed", "\(settings.seed)"),
      ("test loss", decimal(evaluation.loss, 4)), ("time", "\(decimal(record.seconds, 1)) s"),
      ("processor", "\(record.machine.processor), \(record.machine.instructionSet), \(record.machine.threads) threads"),
      ("library", "\(record.library.name) \(record.library.version)"),
    ]
  }
}
