import TensorCore

/// A search for good settings: tries points of a space by a strategy, and goes on where it stopped.
///
/// ```swift
/// let search = Search(
///   SearchSpace([.init("learningRate", .logarithmic(lower: 1e-4, upper: 1))]), .random(trials: 20), goal: .largest)
/// let outcome = try search.run(table: "search.jsonl") { trial in
///   let learningRate = trial.point.number("learningRate")
///   return -(learningRate - 0.01) * (learningRate - 0.01)  // or train with it
/// }
/// if let best = outcome.best { print(best.trial.point.number("learningRate"), best.score) }
/// ```
/// The trials follow from the space, the strategy, the seed and the scores, so that a search that was killed and is run
/// again tries the same as one that never stopped. The objective should depend on its trial only.
public struct Search: Sendable {
  /// What is chosen from.
  public let space: SearchSpace
  /// In which order what is tried.
  public let strategy: SearchStrategy
  /// Which scores are better.
  public let goal: SearchGoal
  /// Where the draws come from: those of trial `n` depend on it and on `n` only.
  public let seed: UInt64
  /// What else a score depends on, by name: a table is gone on with only where it is the same.
  public let circumstances: [String: String]

  /// A search.
  ///
  /// - Parameters:
  ///   - space: what is chosen from.
  ///   - strategy: in which order what is tried.
  ///   - goal: which scores are better.
  ///   - seed: where the draws come from. Default 1.
  ///   - circumstances: what else a score depends on, such as the network. Default nothing.
  public init(
    _ space: SearchSpace, _ strategy: SearchStrategy, goal: SearchGoal, seed: UInt64 = 1,
    circumstances: [String: String] = [:]
  ) {
    self.space = space
    self.strategy = strategy
    self.goal = goal
    self.seed = seed
    self.circumstances = circumstances
  }

  /// What a search has found.
  public struct Outcome: Sendable, Equatable {
    /// What the trials gave, in their order.
    public let results: [SearchResult]
    /// The best; of trials with different budgets, the best with the largest. Nil if none has a score.
    public let best: SearchResult?
    /// Whether all trials are done.
    public let isFinished: Bool
  }

  /// What happens in a search.
  public enum Event: Sendable, Equatable {
    /// So many results were in the table already.
    case resuming([SearchResult])
    /// A trial begins.
    case trial(SearchTrial)
    /// It is done, and in the table.
    case result(SearchResult)
  }

  /// Tries what is to be tried until all is done, or a stop is asked for.
  ///
  /// - Parameters:
  ///   - path: the file of the trials, written anew, all or nothing, after each trial; a search that finds it goes on from
  ///     there. Default none.
  ///   - stop: asks for an end, which comes after the trial under way.
  ///   - observer: called with each event; an error that it throws ends the search.
  ///   - objective: how good a trial is. An error that it throws ends the search; the trial is not in the table then.
  ///     One that throws ``SearchInterruption`` ends it like `stop`.
  /// - Throws: ``SettingsError`` for a space or a strategy that cannot be followed, ``SearchTableError`` for a table that is broken
  ///   or of another search, `FileError` for one that cannot be read or written, and what `observer` and `objective`
  ///   throw.
  public func run(
    table path: String? = nil, until stop: StopRequest = StopRequest(), observer: (Event) throws -> Void = { _ in },
    objective: (SearchTrial) throws -> Double
  ) throws -> Outcome {
    try space.validate()
    try strategy.validate(space)
    let table = path.map { SearchTable(path: $0, search: self) }
    var found = try table?.read() ?? []
    // A table that cannot be written is better known before the first trial than after it.
    if found.isEmpty { try table?.write([]) } else { try observer(.resuming(found)) }
    var results: [SearchResult] = []
    while true {
      let trials = rounds.next(after: results)
      guard !trials.isEmpty else { return outcome(results, isFinished: true) }
      for trial in trials {
        if let known = found.first {
          results.append(try table?.checked(known, is: trial) ?? known)
          found.removeFirst()
          continue
        }
        guard !stop.isRequested, let result = try measured(trial, observer, objective) else {
          return outcome(results, isFinished: false)
        }
        results.append(result)
        try table?.write(results)
        try observer(.result(result))
      }
    }
  }

  /// The number of trials.
  public var trialCount: Int { strategy.roundSizes(space).reduce(0, +) }

  /// The trials of the first round, which do not depend on any result.
  public var firstTrials: [SearchTrial] { rounds.next(after: []) }

  private var rounds: SearchRounds { SearchRounds(space: space, strategy: strategy, seed: seed, goal: goal) }

  private func outcome(_ results: [SearchResult], isFinished: Bool) -> Outcome {
    Outcome(results: results, best: goal.best(of: results), isFinished: isFinished)
  }

  /// What a trial gives; nil when it was interrupted.
  private func measured(
    _ trial: SearchTrial, _ observer: (Event) throws -> Void, _ objective: (SearchTrial) throws -> Double
  ) throws -> SearchResult? {
    try observer(.trial(trial))
    var watch = Stopwatch()
    do {
      let score = try objective(trial)
      return SearchResult(trial: trial, score: score, seconds: watch.lap())
    } catch is SearchInterruption {
      return nil
    }
  }
}

/// Thrown by an objective that was asked to stop in the middle of a trial, which is begun anew when the search goes on.
public struct SearchInterruption: Error {
  /// The wish to stop.
  public init() {}
}
