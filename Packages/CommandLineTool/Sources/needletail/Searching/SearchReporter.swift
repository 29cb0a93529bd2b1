import Training

/// Shows a search to a person or a program.
struct SearchReporter {
  let form: ConductOptions.Report
  let search: Search
  let settings: SearchedSettings

  /// So many trials at most are shown in the end.
  private static let mostRows = 50

  func start(table: String, training: Int, validation: Int) {
    guard form == .text else { return }
    Console.print(
      "\(settings.model.name) on \(settings.source.information.name): \(search.trialCount) trials by \(search.strategy.name), "
        + "\(training) training and \(validation) validation images; into \(table)")
  }

  func report(_ event: Search.Event) {
    switch (event, form) {
    case (.resuming(let results), .text): Console.print("going on after \(results.count) trials")
    case (.result(let result), .text): Console.print(line(result))
    case (.result(let result), .json): JSONLine.print(TrialObject(event: "trial", result))
    default: break
    }
  }

  func end(_ outcome: Search.Outcome) {
    switch form {
    case .nothing: break
    case .json: endAsJSON(outcome)
    case .text:
      if !outcome.results.isEmpty { Console.print("\n" + table(outcome.results).text) }
      if !outcome.isFinished {
        Console.print(
          "\nstopped after \(outcome.results.count) of \(search.trialCount) trials; the same command goes on")
      }
      if let best = outcome.best { Console.print("\ntrain with the best:\n  \(settings.command(best.trial.point))") }
      if outcome.isFinished && outcome.best == nil { Console.print("\nno trial came to a result: all diverged") }
    }
  }

  private func endAsJSON(_ outcome: Search.Outcome) {
    struct End: Encodable {
      let event: String
      let trials: Int
      let best: TrialObject?
      let command: String?
    }
    JSONLine.print(
      End(
        event: outcome.isFinished ? "finished" : "stopped", trials: outcome.results.count,
        best: outcome.best.map { TrialObject(event: "best", $0) },
        command: outcome.best.map { settings.command($0.trial.point) }))
  }

  private func line(_ result: SearchResult) -> String {
    let digits = "\(search.trialCount)".count
    let budget = result.trial.budget.map { ["epochs \($0)"] } ?? []
    let point = result.trial.point.settings.map { "\($0.name) \(Self.text($0.value))" }
    let place = "trial \(Figures.right("\(result.trial.number + 1)", digits))/\(search.trialCount)"
    return ([place] + point + budget + ["accuracy \(Self.score(result))", Figures.duration(result.seconds)])
      .joined(separator: "  ")
  }

  /// The trials, best first.
  private func table(_ results: [SearchResult]) -> TextTable {
    let hasBudget = results.contains { $0.trial.budget != nil }
    let names = search.space.choices.map(\.name)
    let head = ["trial"] + names + (hasBudget ? ["epochs"] : []) + ["accuracy", "time"]
    let rows = Dictionary(grouping: results) { $0.trial.budget ?? 0 }.sorted { $0.key > $1.key }
      .flatMap { search.goal.sorted($0.value) }
    let cells = rows.prefix(Self.mostRows).map { result -> [String] in
      let values = result.trial.point.settings.map { Self.text($0.value) }
      return ["\(result.trial.number + 1)"] + values + (hasBudget ? ["\(result.trial.budget ?? 0)"] : [])
        + [Self.score(result), Figures.duration(result.seconds)]
    }
    return TextTable([head] + cells, leftColumns: [])
  }

  private static func score(_ result: SearchResult) -> String {
    result.score.isNaN ? "diverged" : Figures.percent(result.score)
  }

  private static func text(_ value: SearchValue) -> String {
    guard case .number(let number) = value else { return value.description }
    return number < 0 ? "-" + Figures.significant(-number) : Figures.significant(number)
  }
}

/// A trial as programs read it.
private struct TrialObject: Encodable {
  let event: String
  let trial: Int
  let round: Int
  let epochs: Int?
  let settings: [String: SearchValue]
  let validationAccuracy: Double
  let seconds: Double

  init(event: String, _ result: SearchResult) {
    self.event = event
    trial = result.trial.number + 1
    round = result.trial.round + 1
    epochs = result.trial.budget
    settings = Dictionary(uniqueKeysWithValues: result.trial.point.settings.map { ($0.name, $0.value) })
    validationAccuracy = result.score
    seconds = result.seconds
  }
}
