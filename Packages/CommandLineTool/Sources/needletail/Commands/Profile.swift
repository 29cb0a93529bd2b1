import ArgumentParser
import Models
import TensorCore

/// Shows where the time of a training step, or of a prediction, goes.
struct Profile: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows where the time of a training step, or of a prediction, goes: by layer, operation and pass.",
    discussion: """
      Takes the steps of `needletail benchmark`. For each operation of a training step: the median time of the forward pass, \
      of the gradients and of the update; the bytes that these have to read and write at least; the algorithm; and the share \
      of the roof, which is the time that the machine's multiply-adds and memory allow, by the time taken. An operation \
      without parameters stands under the last layer that has some. What fits into the caches may be above the roof.

      With --mode infer the steps are those of a network prepared for prediction, each of which may carry out several \
      layers' operations and stands under the first of these: normalisation folded into the weights, sums and activations \
      in the pass of the convolution, outputs written right into their concatenation.

      EXAMPLES:
        needletail profile --model resnet18 --batch-size 16
        needletail profile --model lenet5 --batch-size 64 --threads 1 --trace lenet5.json
        needletail profile --model googlenet --mode infer
      """)

  @OptionGroup var network: NetworkOption

  @Option(
    parsing: .unconditional, help: "Images in a step. (default: 16)",
    transform: Numbers.whole(in: Limits.benchmarkBatchSize))
  var batchSize = 16

  @Option(help: "What a step is.")
  var mode = NetworkWork.Mode.train

  @Option(
    parsing: .unconditional,
    help: "How long steps are repeated; at least \(StepTimes.fewestSteps) are taken. (default: 5)",
    transform: Numbers.seconds)
  var seconds = 5.0

  @Option(help: ArgumentHelp("Write the last step as a trace for Chrome or Perfetto, too.", valueName: "file"))
  var trace: String?

  @OptionGroup var calculation: CalculationOptions

  func run() throws {
    try calculation.apply()
    let entry = try network.entry()
    let roof = MachineRoof.measured()
    let work = try NetworkWork(entry, batchSize: batchSize, mode: .train)
    let profile = NetworkProfile()
    let add = try step(of: work, profile)
    for _ in 0..<2 { add(true) }
    let (clock, start) = (ContinuousClock(), ContinuousClock.now)
    repeat {
      add(false)
    } while profile.steps.count < StepTimes.fewestSteps || (clock.now - start).seconds < seconds
    try trace.map { try ProfileTrace(profile, roof).write(to: $0) }
    Console.print(ProfileTable(profile: profile, roof: roof).text)
  }

  /// What adds a step of the chosen kind to a profile, to warm up or to be counted.
  private func step(of work: NetworkWork, _ profile: NetworkProfile) throws -> (_ isWarmUp: Bool) -> Void {
    guard mode == .infer else { return { profile.add(work, isWarmUp: $0) } }
    guard let prepared = PreparedWork(work) else {
      throw ValidationError(
        "\(try network.entry().name) looks at numbers on its way and cannot be prepared; profile it with --mode train")
    }
    return { profile.add(prepared, isWarmUp: $0) }
  }
}
