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

  @OptionGroup var subject: NewRunOptions
  @OptionGroup var data: DataOptions
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

  @OptionGroup var conduct: ConductOptions
  @OptionGroup var arithmetic: ArithmeticOptions

  func validate() throws {
    try subject.check()
    if table == "" { throw ValidationError("--table: expected a file, found ''") }
    guard !vary.isEmpty else {
      throw ValidationError(
        "search expects at least one option with a range, as --learning-rate 1e-4...1e-1:log, found none")
    }
    if strategy.strategy == .halving && vary.contains(where: { $0.name == "epochs" }) {
      throw ValidationError("--epochs: expected a number, as --strategy halving chooses the epochs of its trials")
    }
  }

  func run() async throws {
    arithmetic.apply()
    let entry = try subject.entry()
    let source = try subject.source(data, for: entry)
    var data = data
    if conduct.dryRun { data.download = false }
    let loaded = try await source.load(data) { if conduct.report == .text { Console.print($0) } }
    let seed = learning.seed.value
    let share = learning.course.validation ?? (loaded.validation == nil ? Self.usualShare : 0)
    let splits = try RunSettings.splits(of: loaded, holdingOut: share, seed: seed)
    guard let validation = splits.validation else {
      throw UsageError("--validation: expected a number above 0 and below 1, found '\(share)'")
    }
    let settings = SearchedSettings(
      model: entry, source: source, folder: data.folder, images: subject.images,
      preprocessing: try subject.images.preprocessing(
        source.preprocessing(fittedTo: splits.training), source, for: entry),
      fixed: try fixedOptions(), space: SearchSpace(vary))
    try settings.check()
    let search = try makeSearch(settings, seed: seed, share: share)
    let path = table ?? "runs/search-\(entry.name)-\(source.information.name).jsonl"
    if conduct.dryRun {
      return SearchPlan(search: search, settings: settings, table: path).show(asJSON: conduct.form.json)
    }
    try follow(search, settings, splits.training, validation, into: path)
  }

  /// The share of the training images that trials are measured with where nothing is said.
  private static let usualShare = 0.2

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
        "model": settings.model.name, "dataset": settings.source.information.name, "options": options,
        "validation": "\(share)",
        "images": subject.images.words.joined(separator: " "),
      ])
  }

  private func follow(
    _ search: Search, _ settings: SearchedSettings, _ training: ImageDataset, _ validation: ImageDataset,
    into path: String
  ) throws {
    let stop = StopRequest()
    let interrupts = InterruptHandler(stop)
    defer { withExtendedLifetime(interrupts) {} }
    try prepareTable(path)
    let objective = TrainingObjective(training: training, validation: validation) { trial in
      try settings.settings(trial.point, epochs: trial.budget)
    } model: {
      settings.model.make($0.channels, $0.classCount)
    }
    try learning.threads.apply()
    let reporter = SearchReporter(form: conduct.report, search: search, settings: settings)
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
  private func prepareTable(_ path: String) throws {
    if table == nil { try FileManager.default.createDirectory(atPath: "runs", withIntermediateDirectories: true) }
    AtomicFile.removeLeftovers(in: AtomicFile.folder(of: path))
    if overwrite && FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
  }
}
