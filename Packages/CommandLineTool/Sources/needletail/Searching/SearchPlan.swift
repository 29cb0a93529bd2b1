import Foundation
import Training

/// What a search would do, without doing it.
struct SearchPlan {
  let search: Search
  let settings: SearchedSettings
  let table: String

  func show(asJSON: Bool) {
    if asJSON { JSONLine.print(content) } else { Console.print(text) }
  }

  private struct Content: Encodable {
    let event = "plan"
    let strategy: String
    let trials: Int
    let rounds: [Int]
    let epochs: [Int?]
    let space: SearchSpace
    let table: String
  }

  private var rounds: [Int] { search.strategy.roundSizes(search.space) }

  private var content: Content {
    Content(
      strategy: search.strategy.name, trials: search.trialCount, rounds: rounds,
      epochs: rounds.indices.map(search.strategy.budget), space: search.space, table: table)
  }

  private var text: String {
    let rounds = rounds.enumerated().map { round, count in
      search.strategy.budget(ofRound: round).map { "\(count) of \($0) epochs" } ?? "\(count)"
    }
    let rows = search.firstTrials.prefix(5).map { trial in
      trial.point.settings.map { "\($0.name) \($0.value)" }.joined(separator: "  ")
    }
    return """
      would search \(search.space.choices.map(\.name).joined(separator: ", ")) for \(settings.model.name) on \
      \(settings.source.information.name): \(search.trialCount) trials by \(search.strategy.name)
      \(rounds.count == 1 ? "1 round" : "\(rounds.count) rounds") of trials: \(rounds.joined(separator: ", "))
      first trials:
        \(rows.joined(separator: "\n  "))
      into \(table)
      """
  }
}
