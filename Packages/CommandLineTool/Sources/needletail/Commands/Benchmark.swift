import ArgumentParser
import Models
import TensorCore

/// Measures how fast a network is trained or predicts, or an operation is.
struct Benchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures how fast a network is trained, or predicts, or an operation is.",
    discussion: """
      Takes steps on random images of the size and classes of the network's paper. A step of training is the forward pass \
      with dropout, cross-entropy, all gradients and an update by SGD with momentum 0.9. The first steps are not counted; \
      images per second are those of the median step. Peak memory is the largest resident size of the program.

      With --loader the images of each step come from a loader that makes them ahead, as in a training, and steps may wait for them.

      With --operation one operation is measured, beside the machine's roof: what it can do in multiply-adds and in memory.
      The loader's are a batch of images in memory, normalised; also mirrored and cropped, or warped; decode is an image file.

      EXAMPLES:
        needletail benchmark --model resnet18 --batch-size 16
        needletail benchmark --model lenet5 --batch-size 64 --mode infer --threads 1 --seconds 10 --json
        needletail benchmark --model lenet5 --batch-size 64 --loader crops
        needletail benchmark --operation conv2d --input 16x256x14x14 --weight 256x256x3x3 --padding 1
        needletail benchmark --operation matmul --input 2048x2048 --weight 2048x2048
        needletail benchmark --operation loader-crops --input 128x3x32x32
        needletail benchmark --operation decode --file photo.jpg
      """)

  @OptionGroup var network: NetworkOption

  @Option(
    parsing: .unconditional, help: "Images in a step. (default: 16)",
    transform: Numbers.whole(in: Limits.benchmarkBatchSize))
  var batchSize: Int?

  @Option(help: "What a step is. (default: train)")
  var mode: NetworkWork.Mode?

  @Option(help: "Take each step's images from a loader: as they are, mirrored and cropped, or warped at random.")
  var loader: LoadedWork.Loader?

  @OptionGroup(title: "One operation") var operation: OperationOptions

  @Option(
    parsing: .unconditional,
    help: "How long steps are repeated; at least \(StepTimes.fewestSteps) are taken. (default: 5)",
    transform: Numbers.seconds)
  var seconds = 5.0

  @OptionGroup var form: FormOptions
  @OptionGroup var calculation: CalculationOptions

  func validate() throws {
    guard operation.operation != nil else {
      if network.name == nil {
        throw ValidationError("--model: expected one of `needletail models`, or --operation, found none")
      }
      if loader != nil && mode == .infer { throw ValidationError("--loader is for --mode train") }
      return
    }
    if let model = network.name { throw ValidationError("--operation measures without a model, found '\(model)'") }
    if batchSize != nil || mode != nil || loader != nil {
      throw ValidationError("--operation goes without --batch-size, --mode and --loader, which are for networks")
    }
  }

  func run() throws {
    try calculation.apply()
    if let operation = operation.operation { return try measure(operation) }
    let entry = try network.entry()
    let (batchSize, mode) = (batchSize ?? 16, mode ?? .train)
    if let loader { return try measure(entry, batchSize, loader) }
    let work = try NetworkWork(entry, batchSize: batchSize, mode: mode)
    let times = try StepTimes(repeating: { try work.step() }, for: seconds)
    show(Result(model: entry.name, mode: mode, batchSize: batchSize, times))
  }

  private func measure(_ entry: ModelEntry, _ batchSize: Int, _ loader: LoadedWork.Loader) throws {
    let entry = try ModelLookup.classifier(named: entry.name)
    var work = try LoadedWork(entry, batchSize: batchSize, loader)
    var waits: [Double] = []
    let times = StepTimes(repeating: { waits.append(work.step()) }, for: seconds)
    var result = Result(model: entry.name, mode: .train, batchSize: batchSize, times)
    let waited = waits.suffix(times.count).reduce(0, +)
    (result.loader, result.waitShare) = (loader.rawValue, waited / times.seconds.reduce(0, +))
    show(result)
  }

  private func show(_ result: Result) {
    if form.json { JSONLine.print(result) } else { Console.print(result.text) }
  }

  private func measure(_ operation: OperationWork.Operation) throws {
    let work = try operation.work(self.operation.operands(for: operation))
    let result = OperationMeasurement(operation, work, seconds: seconds)
    if form.json { JSONLine.print(result) } else { Console.print(result.text) }
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
    /// Which loader the images come from, and the share of the time that steps wait for it; nil where they are at hand.
    var loader: String?
    var waitShare: Double?

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
      """ + (waitShare.map { "\nwaiting for the loader's images: \(Figures.percent($0)) of the time" } ?? "")
    }
  }
}

extension NetworkWork.Mode: ExpressibleByArgument {}
extension LoadedWork.Loader: ExpressibleByArgument {}
