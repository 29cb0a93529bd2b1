import ArgumentParser
import Datasets
import Foundation
import Models
import NNLayers
import TensorCore
import Training

/// Searches settings for a training.
struct SearchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search", abstract: "Searches good settings for a training.",
    discussion: """
      An option of learning takes a range or a list in place of a value: 1e-4...1e-1:log for a number of which all orders of \
      magnitude are equally likely, 0.5...0.99 for one between two bounds, 1...8 for a whole number, sgd,adam for one of \
      some. Trials are measured on validation images: those of the data set or, if it has none, a share of the training images, \
      a fifth unless --validation says otherwise; the test images take no part. Trials go into a table as they are done. The \
      same command goes on where a search was stopped or killed; random search also with more trials.

      EXAMPLES:
        needletail search --model lenet5 --dataset digits --epochs 10 --learning-rate 1e-3...1:log
        needletail search --model lenet5 --dataset digits --strategy halving --trials 27 --epochs 27 \\
          --learning-rate 1e-3...1:log --weight-decay 1e-5...1e-2:log --batch-size 16,32,64
        needletail search --model lenet5 --dataset digits --strategy grid --optimizer sgd,adam --shift 0...2 --dry-run
      """)

  @Option(
    help: ArgumentHelp("The network, one of `needletail models`.", valueName: "name"),
    completion: .list(ModelCatalog.names))
  var model: String

  @Option(
    help: ArgumentHelp(
      "The data set: \(DatasetLookup.names.joined(separator: ", ")); the last are images of your own.",
      valueName: "name"),
    completion: .list(DatasetLookup.names))
  var dataset: String

  @OptionGroup var data: DataOptions
  @OptionGroup var images: FolderOptions
  @OptionGroup(title: "Search") var strategy: StrategyOptions

  @Option(
    help: ArgumentHelp(
      "What is searched: an option of learning and its range; the same as the option with the range.",
      valueName: "name=range"),
    transform: SearchWords.choice)
  var vary: [SearchSpace.Choice] = []

  @Option(help: ArgumentHelp("The file of the trials. (default: runs/search-MODEL-DATASET.jsonl)", valueName: "file"))
  var table: String?

  @Flag(help: "Begin anew where the table has trials already.")
  var overwrite = false

  @OptionGroup(title: "Learning") var learning: LearningOptions

  @Option(help: ArgumentHelp("A JSON file with options, which those given here precede.", valueName: "file"))
  var config: String?

  @Flag(help: "Say what would be done, and do nothing.")
  var dryRun = false

  @Flag(help: "Say nothing but errors.")
  var quiet = false

  @Flag(help: "Write one JSON object a line.")
  var json = false

  func validate() throws {
    guard !(quiet && json) else { throw ValidationError("--quiet and --json exclude each other") }
    if dataset != ImageFolder.name, let first = images.given.first {
      throw ValidationError("\(first) is for --dataset folder")
    }
    if table == "" { throw ValidationError("--table: expected a file, found ''") }
    guard !vary.isEmpty else {
      throw ValidationError(
        "search expects at least one option with a range, as --learning-rate 1e-4...1e-1:log, found none")
    }
    if strategy.strategy == .halving && vary.contains(where: { $0.name == "epochs" }) {
      throw ValidationError("--epochs: expected a number, as --strategy halving chooses the epochs of its trials")
    }
  }

  @OptionGroup var arithmetic: ArithmeticOptions

  func run() async throws {
    arithmetic.apply()
    let entry = try ModelLookup.entry(named: model)
    let source = try DatasetLookup.source(named: dataset, data: data, images.view(for: entry))
    var data = data
    if dryRun { data.download = false }
    let loaded = try await source.load(data) { if !quiet && !json { Console.print($0) } }
    let seed = learning.seed ?? Recommended.seed
    let share = learning.course.validation ?? (loaded.validation == nil ? Self.usualShare : 0)
    let splits = try RunSettings.splits(of: loaded, holdingOut: share, seed: seed)
    guard let validation = splits.validation else {
      throw UsageError("--validation: expected a number above 0 and below 1, found '\(share)'")
    }
    let settings = SearchedSettings(
      model: entry, source: source, folder: data.folder, images: images,
      preprocessing: try images.preprocessing(source.preprocessing(fittedTo: splits.training), source, for: entry),
      fixed: try fixedOptions(), space: SearchSpace(vary))
    try settings.check()
    let search = try makeSearch(settings, seed: seed, share: share)
    if dryRun { return SearchPlan(search: search, settings: settings, table: path).show(asJSON: json) }
    try follow(search, settings, splits.training, validation)
  }

  /// The share of the training images that trials are measured with where nothing is said.
  private static let usualShare = 0.2

  private var path: String { table ?? "runs/search-\(model)-\(dataset).jsonl" }

  /// The options of learning as they were given, here or in a file.
  private func fixedOptions() throws -> [String] {
    SearchWords.learning(in: try Needletail.arguments())
  }

  private func makeSearch(_ settings: SearchedSettings, seed: UInt64, share: Double) throws -> Search {
    let point = Search(settings.space, .random(trials: 1), goal: .largest, seed: seed).firstTrials[0].point
    let strategy = strategy.make(epochs: try settings.settings(point).epochs)
    try strategy.validate(settings.space)
    // Threads change no score.
    let options = settings.fixed.filter { !$0.hasPrefix("--threads") }.sorted().joined(separator: " ")
    return Search(
      settings.space, strategy, goal: .largest, seed: seed,
      circumstances: [
        "model": model, "dataset": dataset, "options": options, "validation": "\(share)",
        "images": images.words.joined(separator: " "),
      ])
  }

  private func follow(
    _ search: Search, _ settings: SearchedSettings, _ training: ImageDataset, _ validation: ImageDataset
  ) throws {
    let stop = StopRequest()
    let interrupts = InterruptHandler(stop)
    defer { withExtendedLifetime(interrupts) {} }
    try prepareTable()
    let objective = TrainingObjective(training: training, validation: validation) { trial in
      try settings.settings(trial.point, epochs: trial.budget)
    } model: {
      settings.model.make($0.channels, $0.classCount)
    }
    ThreadPool.threadCount = try learning.threads ?? Recommended.threads()
    let reporter = SearchReporter(form: quiet ? .quiet : json ? .json : .text, search: search, settings: settings)
    reporter.start(
      table: path, training: training.count, validation: validation.count)
    let outcome = try search.run(table: path, until: stop) {
      reporter.report($0)
    } objective: {
      try objective.accuracy($0, until: stop)
    }
    reporter.end(outcome)
    if !outcome.isFinished { throw Ending.interrupted }
  }

  /// Makes the folder of a table that is not named, and clears away what is not wanted.
  private func prepareTable() throws {
    if table == nil { try FileManager.default.createDirectory(atPath: "runs", withIntermediateDirectories: true) }
    AtomicFile.removeLeftovers(in: (path as NSString).deletingLastPathComponent)
    if overwrite && FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
  }
}
