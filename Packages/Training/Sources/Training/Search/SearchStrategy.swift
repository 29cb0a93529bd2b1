import TensorCore

/// In which order a search tries what.
public enum SearchStrategy: Sendable, Hashable, Codable {
  /// All combinations of at most `values` values for each setting, at equal distances.
  case grid(values: Int)
  /// So many draws from the whole space. Where only some of the settings matter, as is usual, each trial shows a new
  /// value of them; a grid of `n` trials over `k` settings shows the `k`-th root of `n`.
  ///
  /// Source: J. Bergstra, Y. Bengio, "Random search for hyper-parameter optimization", JMLR 13 (2012).
  case random(trials: Int)
  /// Rounds of random draws, each from a part of the space around the best so far: every side of it is `shrink` times as
  /// long as in the round before, in logarithms where the range is logarithmic, and words stay the best's.
  case coarseToFine(rounds: Int, trials: Int, shrink: Double)
  /// Random draws with a small budget each; the best of them, one in `factor`, go on to the next round with `factor`
  /// times the budget, and so on until one round has the whole `budget`.
  ///
  /// The rounds are `1 + ⌊log_factor candidates⌋`; round `r` has `⌊candidates / factorʳ⌋` trials of
  /// `budget / factor^(rounds - 1 - r)`, rounded, at least 1. A trial begins anew: 27 candidates, factor 3 and
  /// budget 27 are 27 trials of 1, 9 of 3, 3 of 9 and 1 of 27, together 108 instead of 729.
  ///
  /// Source: K. Jamieson, A. Talwalkar, "Non-stochastic best arm identification and hyperparameter optimization",
  /// AISTATS (2016).
  case successiveHalving(candidates: Int, factor: Int, budget: Int)

  /// The strategy's name in commands.
  public var name: String {
    switch self {
    case .grid: "grid"
    case .random: "random"
    case .coarseToFine: "coarse-to-fine"
    case .successiveHalving: "halving"
    }
  }

  /// Far more trials than anyone waits for.
  public static let mostTrials = 1_000_000

  /// Checks the numbers.
  ///
  /// - Throws: ``SettingsError`` for the first that cannot be followed.
  public func validate(_ space: SearchSpace) throws(SettingsError) {
    func require(_ setting: String, _ number: Int, atLeast least: Int = 1) throws(SettingsError) {
      guard (least...Self.mostTrials).contains(number) else {
        throw SettingsError(
          setting, expected: "a whole number from \(least) to \(Self.mostTrials)", found: "\(number)")
      }
    }
    switch self {
    case .grid(let values):
      try require("gridValues", values)
      let count = space.gridCount(values)
      guard let count, count <= Self.mostTrials else {
        throw SettingsError(
          "gridValues", expected: "at most \(Self.mostTrials) combinations", found: count.map { "\($0)" } ?? "more")
      }
    case .random(let trials): try require("trials", trials)
    case .coarseToFine(let rounds, let trials, let shrink):
      try require("rounds", rounds)
      try require("trials", trials)
      guard rounds * trials <= Self.mostTrials else {
        throw SettingsError("rounds", expected: "at most \(Self.mostTrials) trials", found: "\(rounds * trials)")
      }
      guard shrink > 0, shrink < 1 else {
        throw SettingsError("shrink", expected: "a number above 0 and below 1", found: "\(shrink)")
      }
    case .successiveHalving(let candidates, let factor, let budget):
      try require("trials", candidates)
      try require("factor", factor, atLeast: 2)
      try require("budget", budget)
    }
  }

  /// The number of trials of each round.
  public func roundSizes(_ space: SearchSpace) -> [Int] {
    switch self {
    case .grid(let values): [space.gridCount(values) ?? 0]
    case .random(let trials): [trials]
    case .coarseToFine(let rounds, let trials, _): Array(repeating: trials, count: rounds)
    case .successiveHalving(let candidates, let factor, _):
      Array(sequence(first: candidates) { $0 >= factor ? $0 / factor : nil })
    }
  }

  /// The budget of each trial of a round; nil where every trial has all it wants.
  public func budget(ofRound round: Int) -> Int? {
    guard case .successiveHalving(let candidates, let factor, let budget) = self else { return nil }
    let rounds = Array(sequence(first: candidates) { $0 >= factor ? $0 / factor : nil }).count
    let parts = (round + 1..<rounds).reduce(1.0) { product, _ in product * Double(factor) }
    return max(1, Int((Double(budget) / parts).rounded()))
  }

  /// Whether a search by this strategy can take over what one by `other` has found.
  func continues(_ other: SearchStrategy) -> Bool {
    if case .random = self, case .random = other { return true }
    return self == other
  }
}
