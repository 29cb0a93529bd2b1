import TensorCore

/// The trials of a search, round by round.
///
/// Trial `n` draws from stream `n` of the seed, whatever the others did; of the others' results coarse to fine takes only
/// where its draws lie, and successive halving which candidates go on.
struct SearchRounds {
  let space: SearchSpace
  let strategy: SearchStrategy
  let seed: UInt64
  let goal: SearchGoal

  /// The trials of the round after those that `results` are of; empty after the last one.
  func next(after results: [SearchResult]) -> [SearchTrial] {
    let sizes = strategy.roundSizes(space)
    var first = 0
    for (round, size) in sizes.enumerated() {
      if first == results.count {
        return points(of: round, count: size, first: first, results).enumerated().map { position, point in
          SearchTrial(
            number: first + position, round: round, point: point, budget: strategy.budget(ofRound: round))
        }
      }
      first += size
    }
    return []
  }

  private func points(of round: Int, count: Int, first: Int, _ results: [SearchResult]) -> [SearchPoint] {
    switch strategy {
    case .grid(let values): return space.grid(values)
    case .random: return draws(first..<(first + count), from: wholeSpace)
    case .coarseToFine(_, _, let shrink):
      return draws(first..<(first + count), from: box(round: round, shrink: shrink, around: goal.best(of: results)))
    case .successiveHalving:
      guard round > 0 else { return draws(first..<(first + count), from: wholeSpace) }
      let before = results.filter { $0.trial.round == round - 1 }
      return goal.sorted(before).prefix(count).map(\.trial.point)
    }
  }

  private func draws(_ numbers: Range<Int>, from box: [Side]) -> [SearchPoint] {
    numbers.map { number in
      var random = RandomStream(key: seed, stream: UInt64(number), counter: 0)
      return space.point(at: box.map { $0.lower + random.uniform() * $0.length })
    }
  }

  /// A side of a box within the space, in places of `0...1`.
  private struct Side {
    let lower: Double
    let length: Double
  }

  private var wholeSpace: [Side] { space.choices.map { _ in Side(lower: 0, length: 1) } }

  /// Sides of `shrinkʳ` around the best, moved inwards where they would stick out.
  private func box(round: Int, shrink: Double, around best: SearchResult?) -> [Side] {
    guard round > 0, let best else { return wholeSpace }
    let length = (0..<round).reduce(1.0) { length, _ in length * shrink }
    return zip(space.choices, best.trial.point.settings).map { choice, setting in
      let center = choice.range.place(of: setting.value) ?? 0.5
      if case .oneOf = choice.range { return Side(lower: center, length: 0) }
      return Side(lower: min(max(center - length / 2, 0), 1 - length), length: length)
    }
  }
}
