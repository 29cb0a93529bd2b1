import TensorCore
import Testing
import Training

struct SearchTests {
  private static let space = SearchSpace([
    .init("rate", .logarithmic(lower: 1e-4, upper: 1)), .init("size", .whole(lower: 1, upper: 64)),
    .init("rule", .oneOf([.word("sgd"), .word("adam"), .number(2)])),
  ])

  /// A score with every kind of number.
  private static func score(_ trial: SearchTrial) -> Double {
    if trial.number % 7 == 5 { return .nan }
    return trial.point.number("rate") * trial.point.number("size") + (trial.point["rule"] == .word("adam") ? 1 : 0)
  }

  private struct Killed: Error {}

  @Test(
    arguments: [
      .random(trials: 10), .grid(values: 2), .coarseToFine(rounds: 3, trials: 4, shrink: 0.5),
      .successiveHalving(candidates: 9, factor: 3, budget: 9),
    ] as [SearchStrategy])
  func aKilledSearchGoesOnAsIfNothingHadBeen(strategy: SearchStrategy) throws {
    let search = Search(Self.space, strategy, goal: .largest, seed: 11)
    let whole = try search.run(objective: Self.score)
    for last in 0..<search.trialCount {
      let place = try TemporaryFolder()
      let table = "\(place.path)/table.jsonl"
      // The trial under way is lost; all before are in the table.
      #expect(throws: Killed.self) {
        try search.run(table: table) { trial in
          if trial.number == last { throw Killed() }
          return Self.score(trial)
        }
      }
      var tried: [Int] = []
      let resumed = try search.run(table: table) { trial in
        tried.append(trial.number)
        return Self.score(trial)
      }
      #expect(tried == Array(last..<search.trialCount))
      #expect(resumed.results.map(\.trial) == whole.results.map(\.trial))
      #expect(resumed.results.map(\.score.bitPattern) == whole.results.map(\.score.bitPattern))
      #expect(resumed.best?.trial == whole.best?.trial && resumed.isFinished)
      #expect(place.names == ["table.jsonl"])
    }
  }

  @Test func aFinishedSearchTriesNothing() throws {
    let place = try TemporaryFolder()
    let table = "\(place.path)/table.jsonl"
    let search = Search(Self.space, .random(trials: 6), goal: .largest)
    let first = try search.run(table: table, objective: Self.score)
    let before = try place.bytes("table.jsonl")
    var events: [Search.Event] = []
    let again = try search.run(table: table, observer: { events.append($0) }) { _ in throw Killed() }
    #expect(again.best?.trial == first.best?.trial && again.isFinished)
    #expect(try place.bytes("table.jsonl") == before)
    guard case .resuming(let results) = events.first, events.count == 1 else { throw Killed() }
    #expect(results.count == 6)
  }

  @Test func randomSearchesCanBeProlonged() throws {
    let place = try TemporaryFolder()
    let table = "\(place.path)/table.jsonl"
    func search(_ trials: Int) -> Search { Search(Self.space, .random(trials: trials), goal: .largest) }
    _ = try search(4).run(table: table, objective: Self.score)
    var tried: [Int] = []
    let longer = try search(9).run(table: table) { trial in
      tried.append(trial.number)
      return Self.score(trial)
    }
    #expect(tried == [4, 5, 6, 7, 8])
    #expect(longer.results.map(\.trial) == search(9).firstTrials)
    // A shorter one finds all it wants and leaves the table alone.
    #expect(try search(2).run(table: table, objective: Self.score).results.count == 2)
    #expect(try place.text("table.jsonl").split(separator: "\n").count == 10)
  }

  @Test func stopsWhenAsked() throws {
    let stop = StopRequest()
    let search = Search(Self.space, .random(trials: 8), goal: .largest)
    let outcome = try search.run(until: stop) { trial in
      if trial.number == 2 { stop.request() }
      return Self.score(trial)
    }
    #expect(outcome.results.count == 3 && !outcome.isFinished)
    let interrupted = try search.run { trial in
      if trial.number == 2 { throw SearchInterruption() }
      return Self.score(trial)
    }
    #expect(interrupted.results.count == 2 && !interrupted.isFinished)
  }

  @Test func saysWhatHappens() throws {
    var names: [String] = []
    _ = try Search(Self.space, .random(trials: 2), goal: .largest).run(
      observer: { event in
        switch event {
        case .resuming: names.append("resuming")
        case .trial(let trial): names.append("trial \(trial.number)")
        case .result(let result): names.append("result \(result.trial.number)")
        }
      }, objective: Self.score)
    #expect(names == ["trial 0", "result 0", "trial 1", "result 1"])
  }
}
