import Foundation
import TensorCore
import Testing
import Training

struct SearchStrategyTests {
  private static let square = SearchSpace([
    .init("x", .uniform(lower: 0, upper: 1)), .init("y", .uniform(lower: 0, upper: 1)),
  ])

  /// The lectures' reason for random search: of two settings one matters. 25 trials on a grid see 5 values of it, 25 random
  /// ones 25, and come nearer to the best one.
  @Test func randomSeesMoreOfWhatMatters() throws {
    var distances = (grid: 0.0, random: 0.0)
    var wins = 0
    for round in 0..<100 {
      let optimum = (Double(round) + 0.5) / 100
      let loss = { (trial: SearchTrial) in
        pow(trial.point.number("x") - optimum, 2) + 1e-6 * trial.point.number("y")
      }
      let seed = UInt64(round)
      let grid = try Search(Self.square, .grid(values: 5), goal: .smallest, seed: seed).run(objective: loss)
      let random = try Search(Self.square, .random(trials: 25), goal: .smallest, seed: seed).run(objective: loss)
      #expect(grid.results.count == 25 && random.results.count == 25)
      #expect(Set(grid.results.map { $0.trial.point.number("x") }).count == 5)
      #expect(Set(random.results.map { $0.trial.point.number("x") }).count == 25)
      let gridBest = try #require(grid.best)
      let randomBest = try #require(random.best)
      distances.grid += abs(gridBest.trial.point.number("x") - optimum) / 100
      distances.random += abs(randomBest.trial.point.number("x") - optimum) / 100
      if randomBest.score < gridBest.score { wins += 1 }
    }
    // Five values at distances of 1/4 are 1/16 away in the mean; 25 draws about 1/52, a little more near the ends.
    #expect(abs(distances.grid - 1.0 / 16) < 1e-3)
    #expect(distances.random < 0.03)
    #expect(wins >= 75)
  }

  @Test func gridCountsTheLastSettingFirst() throws {
    let space = SearchSpace([
      .init("rule", .oneOf([.word("sgd"), .word("adam")])), .init("size", .whole(lower: 1, upper: 3)),
    ])
    let search = Search(space, .grid(values: 9), goal: .smallest)
    let points = search.firstTrials.map { $0.point.settings.map(\.value.description) }
    #expect(
      points == [["sgd", "1"], ["sgd", "2"], ["sgd", "3"], ["adam", "1"], ["adam", "2"], ["adam", "3"]])
    #expect(search.trialCount == 6)
  }

  @Test func trialsDrawBySeedAndNumberOnly() {
    func points(_ trials: Int, seed: UInt64) -> [SearchPoint] {
      Search(Self.square, .random(trials: trials), goal: .smallest, seed: seed).firstTrials.map(\.point)
    }
    #expect(points(3, seed: 5) == Array(points(30, seed: 5).prefix(3)))
    #expect(points(3, seed: 5) != points(3, seed: 6))
    #expect(Set(points(30, seed: 5)).count == 30)
  }

  /// `(log₁₀ x + 3)² + 4 (y - 0.3)²` is smallest at (10⁻³, 0.3).
  @Test func coarseToFineNarrowsAroundTheOptimum() throws {
    let space = SearchSpace([
      .init("x", .logarithmic(lower: 1e-6, upper: 1)), .init("y", .uniform(lower: 0, upper: 1)),
    ])
    let loss = { (trial: SearchTrial) in
      pow(log10(trial.point.number("x")) + 3, 2) + 4 * pow(trial.point.number("y") - 0.3, 2)
    }
    var (wins, near) = (0, 0)
    for seed in 0..<20 {
      let strategy = SearchStrategy.coarseToFine(rounds: 5, trials: 16, shrink: 0.4)
      let found = try Search(space, strategy, goal: .smallest, seed: UInt64(seed)).run(objective: loss)
      #expect(found.results.count == 80)
      for round in 1..<5 {
        // Sides of 0.4ʳ, in decades 6 · 0.4ʳ, with the best of all rounds before inside.
        let before = found.results.filter { $0.trial.round < round }.min { $0.score < $1.score }
        let best = try #require(before).trial.point
        let part = pow(0.4, Double(round))
        for result in found.results where result.trial.round == round {
          #expect(abs(log10(result.trial.point.number("x") / best.number("x"))) <= 6 * part + 1e-9)
          #expect(abs(result.trial.point.number("y") - best.number("y")) <= part + 1e-9)
        }
        let xs = found.results.filter { $0.trial.round == round }.map { log10($0.trial.point.number("x")) }
        #expect((xs.max() ?? 9) - (xs.min() ?? 0) <= 6 * part + 1e-9)
      }
      let best = try #require(found.best)
      let distances = (log10(best.trial.point.number("x")) + 3, best.trial.point.number("y") - 0.3)
      if abs(distances.0) < 0.3 && abs(distances.1) < 0.1 { near += 1 }
      let random = try Search(space, .random(trials: 80), goal: .smallest, seed: UInt64(seed)).run(objective: loss)
      if best.score < random.best?.score ?? 0 { wins += 1 }
    }
    // A first round that misses leads astray now and then.
    #expect(near >= 18 && wins >= 16)
  }

  @Test func coarseToFineKeepsTheBestWordAndWholeNumbersInRange() throws {
    let space = SearchSpace([
      .init("rule", .oneOf([.word("a"), .word("b"), .word("c")])), .init("n", .whole(lower: 1, upper: 100)),
    ])
    let search = Search(space, .coarseToFine(rounds: 3, trials: 12, shrink: 0.3), goal: .largest, seed: 2)
    let outcome = try search.run { trial in
      (trial.point["rule"] == .word("b") ? 1_000 : 0) + trial.point.number("n")
    }
    for result in outcome.results where result.trial.round > 0 {
      #expect(result.trial.point["rule"] == .word("b"))
      #expect((1...100).contains(Int(result.trial.point.number("n"))))
    }
    let best = (0..<3).map { round in
      outcome.results.filter { $0.trial.round <= round }.map(\.score).max() ?? 0
    }
    #expect(best[0] < best[1] && best[1] < best[2])
  }

  /// 27 candidates by 3 with a budget of 27: 27 trials of 1, 9 of 3, 3 of 9, 1 of 27, which is 4 · 27 = 108 in all.
  @Test func budgetsOfSuccessiveHalvingByHand() throws {
    let strategy = SearchStrategy.successiveHalving(candidates: 27, factor: 3, budget: 27)
    #expect(strategy.roundSizes(Self.square) == [27, 9, 3, 1])
    #expect((0..<4).map(strategy.budget) == [1, 3, 9, 27])
    let outcome = try Search(Self.square, strategy, goal: .smallest).run { $0.point.number("x") }
    #expect(outcome.results.count == 40)
    #expect(outcome.results.compactMap(\.trial.budget).reduce(0, +) == 108)
    let uneven = SearchStrategy.successiveHalving(candidates: 20, factor: 3, budget: 30)
    // ⌊20/3⌋ = 6, ⌊6/3⌋ = 2; 30/9 = 3.33 and 30/3 = 10.
    #expect(uneven.roundSizes(Self.square) == [20, 6, 2])
    #expect((0..<3).map(uneven.budget) == [3, 10, 30])
    let poor = SearchStrategy.successiveHalving(candidates: 16, factor: 4, budget: 2)
    #expect((0..<3).map(poor.budget) == [1, 1, 2])
    #expect(SearchStrategy.successiveHalving(candidates: 2, factor: 3, budget: 5).roundSizes(Self.square) == [2])
  }

  @Test func theBestGoOnWithMore() throws {
    let strategy = SearchStrategy.successiveHalving(candidates: 9, factor: 3, budget: 9)
    let outcome = try Search(Self.square, strategy, goal: .largest, seed: 3).run { trial in
      // One of the first round comes to nothing; what is left is ordered by x.
      trial.number == 4 ? .nan : trial.point.number("x") + Double(trial.budget ?? 0)
    }
    let first = outcome.results.filter { $0.trial.round == 0 && $0.trial.number != 4 }
    let expected = first.map { $0.trial.point.number("x") }.sorted(by: >).prefix(3)
    let second = outcome.results.filter { $0.trial.round == 1 }.map { $0.trial.point.number("x") }
    #expect(second == Array(expected))
    #expect(outcome.best?.trial.budget == 9)
    #expect(outcome.best?.trial.point.number("x") == expected.first)
  }

  @Test func whatCameToNothingIsWorst() throws {
    let outcome = try Search(Self.square, .random(trials: 5), goal: .smallest).run { trial in
      trial.number == 3 ? 7 : .nan
    }
    #expect(outcome.best?.trial.number == 3)
    let nothing = try Search(Self.square, .random(trials: 5), goal: .smallest).run { _ in .nan }
    #expect(nothing.best == nil && nothing.isFinished)
  }

  @Test(
    arguments: [
      (.grid(values: 0), "gridValues"), (.grid(values: 1_001), "gridValues"), (.random(trials: 0), "trials"),
      (.coarseToFine(rounds: 0, trials: 1, shrink: 0.5), "rounds"),
      (.coarseToFine(rounds: 1_000_000, trials: 1_000_000, shrink: 0.5), "rounds"),
      (.coarseToFine(rounds: 2, trials: 1, shrink: 1), "shrink"),
      (.coarseToFine(rounds: 2, trials: 1, shrink: .nan), "shrink"),
      (.successiveHalving(candidates: 4, factor: 1, budget: 1), "factor"),
      (.successiveHalving(candidates: 0, factor: 2, budget: 1), "trials"),
      (.successiveHalving(candidates: 4, factor: 2, budget: 0), "budget"),
    ] as [(SearchStrategy, String)])
  func refusesNumbers(strategy: SearchStrategy, setting: String) {
    let error = #expect(throws: SettingsError.self) {
      try Search(Self.square, strategy, goal: .smallest).run { _ in 0 }
    }
    #expect(error?.setting == setting)
  }
}
