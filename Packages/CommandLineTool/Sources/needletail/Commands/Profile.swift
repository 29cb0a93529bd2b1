import ArgumentParser
import Models
import TensorCore

/// Shows where a training step's time goes.
struct Profile: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows where the time of a training step goes: by layer, operation and pass.",
    discussion: """
      Takes the steps of `needletail benchmark` in training. For each operation: the median time of the forward pass, of the
      gradients and of the update; the bytes that these have to read and write at least; the algorithm; and the share of
      the roof, which is the time that the machine's multiply-adds and memory allow, by the time taken. An operation
      without parameters stands under the last layer that has some. What fits into the caches may be above the roof.

      EXAMPLES:
        needletail profile resnet18 --batch-size 16
        needletail profile lenet5 --batch-size 64 --threads 1 --trace lenet5.json
      """)

  @OptionGroup var network: ModelArgument

  @Option(
    parsing: .unconditional, help: "Images in a step. (default: 16)",
    transform: Numbers.whole(in: Limits.benchmarkBatchSize))
  var batchSize = 16

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
    profile.add(work, isWarmUp: true)
    profile.add(work, isWarmUp: true)
    let (clock, start) = (ContinuousClock(), ContinuousClock.now)
    repeat {
      profile.add(work)
    } while profile.steps.count < StepTimes.fewestSteps || (clock.now - start).seconds < seconds
    try trace.map { try ProfileTrace(profile, roof).write(to: $0) }
    Console.print(ProfileTable(profile: profile, roof: roof).text)
  }
}
