import TensorCore

/// The file of a search's trials: JSON lines, the first of which says what is searched, each further one what a trial gave.
///
///     {"format":"needletail-search","goal":"largest","seed":1,"space":{"choices":[…]},"strategy":{…},"version":1}
///     {"round":0,"score":0.93,"seconds":4.1,"trial":0,"values":{"learningRate":0.0123}}
struct SearchTable {
  let path: String
  let search: Search

  /// In bytes: a million trials fit.
  private static let largest = 1 << 30

  /// What the table says of the trials, in their order; empty without a table.
  func read() throws -> [SearchResult] {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try InputFile.contents(of: path, limit: Self.largest)
    } catch {
      guard case .missing = error else { throw error }
      return []
    }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw broken(1, "a search's table", "no text") }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count > 1, lines.last?.isEmpty == true else {
      throw broken(lines.count, "a whole line", bytes.isEmpty ? "no bytes" : "the end of the file within one")
    }
    lines.removeLast()
    try check(head: String(lines[0]))
    let results = try lines.dropFirst().enumerated().map { number, line in
      try result(String(line), number: number)
    }
    return Array(results.prefix(search.trialCount))
  }

  /// Writes the table anew, all or nothing.
  func write(_ results: [SearchResult]) throws(FileError) {
    var lines = [try JSONText.encode(Head(search), file: path)]
    for result in results { lines.append(try JSONText.encode(Row(result), file: path)) }
    try AtomicFile.write(Array((lines.joined(separator: "\n") + "\n").utf8), to: path)
  }

  /// The result that the table has for a trial.
  ///
  /// - Throws: ``SearchTableError`` when it is of another trial.
  func checked(_ known: SearchResult, is trial: SearchTrial) throws(SearchTableError) -> SearchResult {
    let fits =
      known.trial.point.settings.count == trial.point.settings.count
      && trial.point.settings.allSatisfy { known.trial.point[$0.name]?.isSame(as: $0.value) == true }
    guard fits, known.trial.round == trial.round, known.trial.budget == trial.budget else {
      throw broken(
        trial.number + 2, "trial \(trial.number) with \(Self.text(trial))", "\(Self.text(known.trial))")
    }
    return SearchResult(trial: trial, score: known.score, seconds: known.seconds)
  }

  private func check(head line: String) throws(SearchTableError) {
    let head: Head = try decoded(line, 1)
    guard head.format == Head.format, head.version == Head.version else {
      throw broken(1, "a search's table of version \(Head.version)", "'\(head.format)' of version \(head.version)")
    }
    let own = Head(search)
    guard search.strategy.continues(head.strategy) else {
      throw broken(1, "a search by \(own.strategy)", "one by \(head.strategy)")
    }
    guard head.seed == own.seed else { throw broken(1, "a search with seed \(own.seed)", "seed \(head.seed)") }
    guard head.goal == own.goal else {
      throw broken(1, "a search for the \(own.goal.rawValue) score", "one for the \(head.goal.rawValue)")
    }
    guard head.isSameSpace(as: own) else {
      throw broken(1, "a search of \(Self.text(own.space))", "one of \(Self.text(head.space))")
    }
    let names = Set(head.circumstances.keys).union(own.circumstances.keys).sorted()
    for name in names where head.circumstances[name] != own.circumstances[name] {
      throw broken(
        1, "a search with \(name) \(own.circumstances[name] ?? "not given")",
        head.circumstances[name] ?? "a search without it")
    }
  }

  private func result(_ line: String, number: Int) throws(SearchTableError) -> SearchResult {
    let row: Row = try decoded(line, number + 2)
    guard row.trial == number else { throw broken(number + 2, "trial \(number)", "trial \(row.trial)") }
    let settings = row.values.sorted { $0.key < $1.key }.map { SearchPoint.Setting(name: $0.key, value: $0.value) }
    let trial = SearchTrial(number: number, round: row.round, point: SearchPoint(settings), budget: row.budget)
    return SearchResult(trial: trial, score: row.score, seconds: row.seconds)
  }

  private func decoded<Value: Decodable>(_ line: String, _ number: Int) throws(SearchTableError) -> Value {
    do throws(FileError) {
      return try JSONText.decode(Value.self, from: line, as: "a line of a search's table", file: path)
    } catch {
      guard case .malformed(_, let expected, let found) = error else {
        throw broken(number, "a line of a search's table", error.description)
      }
      throw broken(number, expected, found)
    }
  }

  private func broken(_ line: Int, _ expected: String, _ found: String) -> SearchTableError {
    SearchTableError(file: path, line: line, expected: expected, found: found)
  }

  private static func text(_ trial: SearchTrial) -> String {
    let values = trial.point.settings.map { "\($0.name) \($0.value)" }.joined(separator: ", ")
    return "\(values) in round \(trial.round)" + (trial.budget.map { " with budget \($0)" } ?? "")
  }

  private static func text(_ space: SearchSpace) -> String {
    space.choices.map { "\($0.name) \($0.range)" }.joined(separator: ", ")
  }
}

/// Why a search cannot go on with a table.
public struct SearchTableError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The table.
  public let file: String
  /// The number of the line, from 1.
  public let line: Int
  /// What was expected there.
  public let expected: String
  /// What stands there.
  public let found: String

  public var description: String { "\(file):\(line): expected \(expected), found \(found)" }
}

/// The first line.
private struct Head: Codable {
  static let format = "needletail-search"
  static let version = 1

  let format: String
  let version: Int
  let space: SearchSpace
  let strategy: SearchStrategy
  let goal: SearchGoal
  let seed: UInt64
  let circumstances: [String: String]

  init(_ search: Search) {
    format = Self.format
    version = Self.version
    space = search.space
    strategy = search.strategy
    goal = search.goal
    seed = search.seed
    circumstances = search.circumstances
  }

  /// Numbers to choose from may have been written as whole ones.
  func isSameSpace(as other: Head) -> Bool {
    guard space.choices.count == other.space.choices.count else { return false }
    return zip(space.choices, other.space.choices).allSatisfy { choice, own in
      guard choice.name == own.name else { return false }
      guard case .oneOf(let values) = choice.range, case .oneOf(let ownValues) = own.range else {
        return choice.range == own.range
      }
      return values.count == ownValues.count && zip(values, ownValues).allSatisfy { $0.isSame(as: $1) }
    }
  }
}

/// A further line.
private struct Row: Codable {
  let trial: Int
  let round: Int
  let budget: Int?
  let values: [String: SearchValue]
  let score: Double
  let seconds: Double

  init(_ result: SearchResult) {
    trial = result.trial.number
    round = result.trial.round
    budget = result.trial.budget
    values = Dictionary(uniqueKeysWithValues: result.trial.point.settings.map { ($0.name, $0.value) })
    score = result.score
    seconds = result.seconds
  }
}
