import ArgumentParser
import Training

/// In which order a search tries what.
struct StrategyOptions: ParsableArguments {
  enum Strategy: String, CaseIterable, ExpressibleByArgument {
    case random, grid, halving
    case coarseToFine = "coarse-to-fine"
  }

  private static let usual = (trials: 20, gridValues: 3, rounds: 3, shrink: 0.5, factor: 3)

  @Option(
    help: """
      random draws from the whole space; grid tries all combinations of a few values; coarse-to-fine draws in rounds, each \
      nearer to the best so far; halving begins with few epochs and lets only the best go on.
      """)
  var strategy = Strategy.random

  @Option(
    parsing: .unconditional,
    help: "How many trials: in all, in a round of coarse-to-fine, in the first of halving. (default: \(usual.trials))",
    transform: Numbers.whole(in: Limits.trials))
  var trials: Int?

  @Option(
    parsing: .unconditional, help: "Values of each range on a grid. (default: \(usual.gridValues))",
    transform: Numbers.whole(in: Limits.trials))
  var gridValues: Int?

  @Option(
    parsing: .unconditional, help: "Rounds of coarse-to-fine. (default: \(usual.rounds))",
    transform: Numbers.whole(in: Limits.trials))
  var rounds: Int?

  @Option(
    parsing: .unconditional,
    help: "How long a side of the space is in a round of coarse-to-fine, to the one before. (default: \(usual.shrink))",
    transform: Numbers.fraction)
  var shrink: Double?

  @Option(
    parsing: .unconditional,
    help: "Of how many trials of halving one goes on, with so many times the epochs. (default: \(usual.factor))",
    transform: Numbers.whole(in: 2...1_000))
  var factor: Int?

  func validate() throws {
    let own: Set<String> =
      switch strategy {
      case .random: ["--trials"]
      case .grid: ["--grid-values"]
      case .coarseToFine: ["--trials", "--rounds", "--shrink"]
      case .halving: ["--trials", "--factor"]
      }
    if let other = given.first(where: { !own.contains($0) }) {
      throw ValidationError("\(other) does not go with --strategy \(strategy.rawValue)")
    }
  }

  /// The strategy; `epochs` is what the last round of halving has.
  func make(epochs: Int) -> SearchStrategy {
    let count = trials ?? Self.usual.trials
    return switch strategy {
    case .random: .random(trials: count)
    case .grid: .grid(values: gridValues ?? Self.usual.gridValues)
    case .coarseToFine:
      .coarseToFine(rounds: rounds ?? Self.usual.rounds, trials: count, shrink: shrink ?? Self.usual.shrink)
    case .halving: .successiveHalving(candidates: count, factor: factor ?? Self.usual.factor, budget: epochs)
    }
  }
}
