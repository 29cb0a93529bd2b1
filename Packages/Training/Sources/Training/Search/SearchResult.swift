import TensorCore

/// Something to be tried.
public struct SearchTrial: Sendable, Hashable {
  /// Its number, from 0.
  public let number: Int
  /// The round it is of, from 0.
  public let round: Int
  /// The settings.
  public let point: SearchPoint
  /// How much may be spent on it, in whatever the objective counts, epochs for example; nil for as much as it wants.
  public let budget: Int?
}

/// What a trial gave.
public struct SearchResult: Sendable, Equatable {
  /// What was tried.
  public let trial: SearchTrial
  /// How good it was; not a number where it came to nothing, as when a training diverges.
  public let score: Double
  /// How long it took, in seconds.
  public let seconds: Double
}

/// Which scores are better.
public enum SearchGoal: String, Sendable, Codable {
  /// Small ones, as of losses.
  case smallest
  /// Large ones, as of accuracies.
  case largest

  /// The better one; no number is better than one that is undefined.
  func prefers(_ score: Double, to other: Double) -> Bool {
    if score.isNaN || other.isNaN { return other.isNaN && !score.isNaN }
    return self == .smallest ? score < other : score > other
  }

  /// The results, best first; of equals the earlier.
  public func sorted(_ results: [SearchResult]) -> [SearchResult] {
    results.sorted {
      prefers($0.score, to: $1.score)
        || (!prefers($1.score, to: $0.score) && $0.trial.number < $1.trial.number)
    }
  }

  /// The best result; of those with a score, one with the largest budget. Nil if none has a score.
  public func best(of results: [SearchResult]) -> SearchResult? {
    let scored = results.filter { !$0.score.isNaN }
    let most = scored.compactMap(\.trial.budget).max()
    return sorted(scored.filter { $0.trial.budget == most }).first
  }
}
