import ArgumentParser
import Datasets
import Models
import NNLayers
import TensorCore
import Training

/// The sanity checks of a network before it is trained.
struct Check: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Checks a network before it is trained: first loss, learning by heart, gradients, statistics of its layers.",
    discussion: """
      The first loss should be that of equally likely classes; a sound network learns a handful of images by heart; \
      gradients of some elements of its parameters are compared with differences in double precision. Layers that are dead or \
      saturated, and gradients that vanish or explode, are named. Nothing is written. The code is 1 when a check fails; \
      warnings alone leave it 0.

      EXAMPLES:
        needletail check --model lenet5 --dataset digits
        needletail check --model resnet20 --dataset cifar-10 --data ~/cifar --json
      """)

  @OptionGroup var examined: ExaminationOptions

  @Option(
    parsing: .unconditional, help: "Images that loss and statistics are taken of. (default: 64)",
    transform: Numbers.whole(in: 2...10_000))
  var batchSize = 64

  @Option(
    parsing: .unconditional, help: "Steps within which 16 images must be known by heart. (default: 300)",
    transform: Numbers.whole(in: 1...100_000))
  var steps = 300

  @Option(
    parsing: .unconditional,
    help:
      "The learning rate of Adam, by which they are learnt. (default for lenet5: \(RecommendedSettings.learningRateOfAdam))",
    transform: Numbers.positive)
  var learningRate: Double?

  @OptionGroup var form: FormOptions
  @OptionGroup var calculation: CalculationOptions

  func run() async throws {
    try calculation.apply()
    let subject = try await examined.subject(form)
    var settings = SanitySettings()
    settings.batchSize = batchSize
    settings.stepLimit = steps
    settings.learningRate = try learningRate ?? RecommendedSettings.learningRateOfAdam(for: examined.network.required())
    settings.seed = examined.seed.value
    let report = try sanityChecks(
      subject.network, on: subject.samples, settings: settings, loss: subject.loss.function(),
      // Capsules of length 0 lose 0.9² by the class that they miss.
      expectedLoss: subject.loss == .capsuleMargin ? 0.81 : nil)
    if form.json { JSONLine.print(Result(report)) } else { Console.print(report.description) }
    guard report.passes else { throw FailedChecks(report: report) }
  }

  private struct Result: Encodable {
    let passes: Bool
    let report: SanityReport

    init(_ report: SanityReport) { (passes, self.report) = (report.passes, report) }

    private enum Key: String, CodingKey { case passes }

    func encode(to encoder: any Encoder) throws {
      try report.encode(to: encoder)
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(passes, forKey: .passes)
    }
  }
}

/// Checks that a network does not pass.
private struct FailedChecks: Error, CustomStringConvertible {
  let report: SanityReport

  var description: String {
    let checks = [
      ("first loss", report.initialLoss.passes), ("learning by heart", report.memorizing.passes),
      ("gradients", report.gradients.passes),
    ]
    return
      "expected the network to pass all checks, found it failing \(checks.filter { !$0.1 }.map(\.0).joined(separator: ", "))"
  }
}
