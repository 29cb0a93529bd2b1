import ArgumentParser
import Models
import TensorCore

/// Measures how fast a network is trained or predicts.
struct Benchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures how fast a network is trained, or predicts.",
    discussion: """
      Takes steps on random images of the size and classes of the network's paper. A step of training is the forward pass
      with dropout, cross-entropy, all gradients and an update by SGD with momentum 0.9. The first steps are not counted;
      images per second are those of the median step. Peak memory is the largest resident size of the program.

      EXAMPLES:
        needletail benchmark resnet18 --batch-size 16
        needletail benchmark lenet5 --batch-size 64 --mode infer --threads 1 --seconds 10 --json
      """)

  @Argument(help: ArgumentHelp("The network, one of `needletail models`.", valueName: "model"))
  var model: String

  @Option(parsing: .unconditional, help: "Images in a step.", transform: Numbers.whole(in: Limits.benchmarkBatchSize))
  var batchSize = 16

  @Option(help: "What a step is.")
  var mode = NetworkWork.Mode.train

  @Option(
    parsing: .unconditional, help: "Threads. (default: NEEDLETAIL_THREADS, or one for each processor)",
    transform: Numbers.whole(in: Limits.threads))
  var threads: Int?

  @Option(
    parsing: .unconditional,
    help: "How long steps are repeated; at least \(StepTimes.fewestSteps) are taken.", transform: Numbers.seconds)
  var seconds = 5.0

  @Flag(help: "Write one JSON object.")
  var json = false

  func run() throws {
    let entry = try ModelLookup.entry(named: model, place: "model")
    ThreadPool.threadCount = try threads ?? Recommended.threads()
    let work = try NetworkWork(entry, batchSize: batchSize)
    let times = try StepTimes(repeating: { try work.step(mode) }, for: seconds)
    let result = Result(model: entry.name, mode: mode, batchSize: batchSize, times)
    if json { JSONLine.print(result) } else { Console.print(result.text) }
  }

  private struct Result: Encodable {
    let model: String
    let mode: String
    let batchSize: Int
    let imagesPerSecond: Double
    let medianStepSeconds: Double
    let minStepSeconds: Double
    let steps: Int
    let peakMemoryBytes = PeakMemory.bytes
    let instructionSet = KernelForm.active.rawValue
    let threads = ThreadPool.threadCount

    init(model: String, mode: NetworkWork.Mode, batchSize: Int, _ times: StepTimes) {
      self.model = model
      self.mode = mode.rawValue
      self.batchSize = batchSize
      imagesPerSecond = Double(batchSize) / times.median
      (medianStepSeconds, minStepSeconds, steps) = (times.median, times.least, times.count)
    }

    var text: String {
      """
      \(model), \(mode), batch \(batchSize): \(Figures.significant(imagesPerSecond)) images/s
      step: median \(Figures.significant(medianStepSeconds * 1e3)) ms, least \
      \(Figures.significant(minStepSeconds * 1e3)) ms, of \(steps)
      peak memory \(peakMemoryBytes >> 20) MiB; \(instructionSet), \(threads) \(threads == 1 ? "thread" : "threads")
      """
    }
  }
}

extension NetworkWork.Mode: ExpressibleByArgument {}
