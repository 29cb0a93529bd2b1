import ArgumentParser
import Datasets
import Models
import TensorCore
import Training

/// The search for a learning rate.
struct Rate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Looks for a learning rate: trains some steps, each at a larger rate, and shows where the loss falls most steeply.",
    discussion: """
      Nothing is written. The sweep ends early when the loss rises beyond four times its least.

      EXAMPLES:
        needletail rate --model lenet5 --dataset digits
        needletail rate --model resnet20 --dataset cifar-10 --data ~/cifar --optimizer adamw --from 1e-5 --to 1
      """)

  @OptionGroup var examined: ExaminationOptions
  @OptionGroup(title: "Learning") var rule: RuleOptions

  @Option(
    parsing: .unconditional, help: "Images in a step. (default: \(Recommended.text(\.batchSize)))",
    transform: Numbers.whole(in: Limits.batchSize))
  var batchSize: Int?

  @Option(parsing: .unconditional, help: "The first rate. (default: 1e-06)", transform: Numbers.positive)
  var from = 1e-6

  @Option(parsing: .unconditional, help: "The last rate. (default: 10)", transform: Numbers.positive)
  var to = 10.0

  @Option(
    parsing: .unconditional, help: "The number of steps. (default: 100)", transform: Numbers.whole(in: 10...10_000))
  var steps = 100

  @OptionGroup var form: FormOptions
  @OptionGroup var calculation: CalculationOptions

  func validate() throws {
    if rule.learningRate != nil {
      throw ValidationError("--learning-rate is what is looked for; --from and --to bound it")
    }
    guard from < to else { throw ValidationError("--to: expected a rate above --from, \(from), found \(to)") }
  }

  func run() async throws {
    try calculation.apply()
    let subject = try await examined.subject(form)
    let recommended = try RecommendedSettings.forDataset(
      examined.dataset ?? "", model: examined.network.required())
    let settings = rule.settings(recommended)
    let sweep = try findLearningRate(
      for: subject.network, on: subject.samples, rates: from...to, steps: steps,
      batchSize: batchSize ?? recommended.batchSize, seed: examined.seed.value,
      augmentation: Augmentation(shift: recommended.shift),
      loss: subject.loss.function(smoothing: recommended.labelSmoothing),
      optimizer: { settings.makeOptimizer($0.parameters, learningRate: from) })
    if form.json {
      JSONLine.print(Result(suggestion: sweep.suggestion, points: sweep.points))
    } else {
      Console.print(text(sweep))
    }
  }

  private func text(_ sweep: LearningRateSweep) -> String {
    let plot = CurvePlot(
      // Where the training diverges, a curve that is drawn to its end would be flat everywhere else.
      sweep.points.filter { $0.smoothedLoss <= 1.5 * (sweep.points.first?.smoothedLoss ?? 0) }
        .map { (rate: $0.rate, value: $0.smoothedLoss) }, marked: sweep.suggestion,
      width: min(Console.width, 80), height: 14)
    guard let suggestion = sweep.suggestion else {
      return plot.text + "\n\nThe loss does not fall at any of these rates."
    }
    let rate = Figures.rate(suggestion)
    return plot.text + "\n\nThe loss falls most steeply at \(rate): try --learning-rate \(rate)"
  }

  private struct Result: Encodable {
    let suggestion: Double?
    let points: [LearningRateSweep.Point]
  }
}
