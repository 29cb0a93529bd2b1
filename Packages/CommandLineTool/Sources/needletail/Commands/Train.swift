import ArgumentParser
import Datasets
import Models
import NNLayers
import TensorCore
import Training

/// Trains a network, or goes on with a run that was stopped.
struct Train: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Trains a network, or goes on with a run that was stopped.",
    discussion: """
      Writes model.safetensors, checkpoint.safetensors, log.csv, run.json and report.html into the run's folder, and \
      best.safetensors where there are validation images.
      With --weights a network that was trained before goes on with other images: where their classes are others, its head \
      begins anew. --freeze and --layer-rate keep the rest from changing, or from changing fast.
      Control-C finishes the step under way and writes the checkpoint; --resume goes on as if nothing had been.

      EXAMPLES:
        needletail train --model lenet5 --dataset digits
        needletail train --model lenet5 --dataset fashion-mnist --data ~/fashion --download --epochs 10
        needletail train --model lenet5 --dataset digits --optimizer adamw --schedule one-cycle --dry-run
        needletail train --model lenet5 --dataset digits --validation 0.1 --early-stopping 5 --epochs 100
        needletail train --model resnet18 --dataset folder --data ~/pictures --augment
        needletail train --model resnet18 --weights resnet18.safetensors --dataset folder --data ~/pictures \\
          --freeze conv1,bn1,layer1 --layer-rate layer2=0.1,layer3=0.1,layer4=0.1 --epochs 10
        needletail train --config settings.json --seed 2
        needletail train --resume runs/lenet5-digits-1
      """)

  @OptionGroup var subject: NewRunOptions

  @Option(
    help: ArgumentHelp(
      "Weights to begin with, a safetensors file with torchvision's names; the head's only for as many classes. "
        + "(default: random ones)",
      valueName: "file"),
    completion: .file(extensions: ["safetensors"]))
  var weights: String?

  @OptionGroup var data: DataOptions
  @OptionGroup(title: "Learning") var learning: LearningOptions

  @Option(
    help: ArgumentHelp("The run's folder. (default: runs/MODEL-DATASET-N, a new one)", valueName: "folder"),
    completion: .directory)
  var output: String?

  @OptionGroup var logging: LogOptions

  @Flag(help: "Replace the run that is in the folder.")
  var overwrite = false

  @Option(
    help: ArgumentHelp("The folder of a run to go on with, by its own settings.", valueName: "folder"),
    completion: .directory)
  var resume: String?

  @OptionGroup var conduct: ConductOptions
  @OptionGroup var arithmetic: ArithmeticOptions

  func validate() throws {
    if output == "" { throw ValidationError("--output: expected a folder, found ''") }
    if resume == "" { throw ValidationError("--resume: expected a folder, found ''") }
    guard resume != nil else { return try subject.check() }
    let own = [
      ("--weights", weights != nil), ("--output", output != nil), ("--overwrite", overwrite),
      ("--dry-run", conduct.dryRun),
    ]
    guard let first = (subject.given + own.filter(\.1).map(\.0) + learning.given).first else { return }
    throw ValidationError("--resume goes on with the run's own settings, without \(first)")
  }

  func run() async throws {
    arithmetic.apply()
    let stop = StopRequest()
    let interrupts = InterruptHandler(stop)
    defer { withExtendedLifetime(interrupts) {} }
    let reporter = makeReporter()
    guard let run = try await makeRun(reporter) else { return }
    reporter.start(run)
    let logs = try logging.make(for: run)
    let outcome = try run.run(until: stop) { event in
      try logs.write(event)
      reporter.report(event)
    }
    reporter.end(run, outcome)
    if case .stopped = outcome { throw Ending.interrupted }
  }

  private func makeReporter() -> any Reporter {
    switch conduct.report {
    case .nothing: QuietReporter()
    case .json: JSONReporter()
    case .text: TextReporter(isLive: Console.isTerminal)
    }
  }

  /// The run to follow; nil if there is nothing to do, or nothing left.
  private func makeRun(_ reporter: any Reporter) async throws -> TrainingRun? {
    guard let resume else { return try await newRun(reporter) }
    return try await Resumption(folder: RunFolder(resume), data: data).run(reporter)
  }

  private func newRun(_ reporter: any Reporter) async throws -> TrainingRun? {
    let entry = try subject.entry()
    let source = try subject.source(data, for: entry)
    // Known before data are fetched and read, which may take long; the start itself checks again.
    if let output, !overwrite, !conduct.dryRun, RunFolder(output).has(.checkpoint) {
      throw RunFolderError.occupied(folder: output)
    }
    var data = data
    if conduct.dryRun { data.download = false }
    let splits = try learning.splits(of: await source.load(data, saying: reporter.say))
    var preprocessing = try subject.images.preprocessing(
      source.preprocessing(fittedTo: splits.training), source, for: entry)
    let beginning = try weights.map {
      try StartingWeights(
        $0, for: entry, channels: preprocessing.channels, classCount: splits.training.classNames.count)
    }
    if let beginning { preprocessing = try beginning.preprocessing(preprocessing) }
    var settings = try learning.settings(
      model: entry, dataset: source, folder: data.folder, preprocessing: preprocessing)
    settings.skipsBroken = subject.images.skipBroken
    settings.initialWeights = weights
    // Before a new folder is made.
    try settings.validate()
    if conduct.dryRun {
      let network = withoutInitialWeights { entry.make(settings.channels, settings.classCount) }
      try settings.check(network, splits)
      try checkFit(network, PreparedImages(splits.training, preprocessing))
      try beginning?.load(into: network)
      PlannedRun(
        settings, parameters: network.parameterCount, splits, output: output, beginning: beginning?.text
      ).show(asJSON: conduct.form.json)
      return nil
    }
    let network = seeded(settings.seed) { entry.make(settings.channels, settings.classCount) }
    try settings.check(network, splits)
    try checkFit(network, PreparedImages(splits.training, preprocessing))
    if let beginning {
      try beginning.load(into: network)
      reporter.say(beginning.text)
    }
    let folder = try output.map { RunFolder($0) } ?? .next(in: "runs", name: "\(entry.name)-\(settings.dataset)")
    return try TrainingRun(starting: settings, network, data: splits, in: folder, overwriting: overwrite)
  }
}
