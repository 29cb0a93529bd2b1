/// Finding a name among those there are.
enum NearestNames {
  /// The names, nearest to `name` first, at most `limit`, that a slip of the fingers could have meant.
  static func of(_ name: String, among names: [String], limit: Int = 3) -> [String] {
    let near = names.map { (name: $0, distance: distance(name.lowercased(), $0)) }
      .filter { $0.distance <= max(2, $0.name.count / 2) }
    // Beside a near one, a far one is no guess.
    let reach = 2 * (near.map(\.distance).min() ?? 0)
    return near.filter { $0.distance <= reach }.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(limit)
      .map(\.name)
  }

  /// The line for a name that none has: what came, the nearest, and all there are.
  static func complaint(_ place: String, _ name: String, among names: [String]) -> String {
    "\(place): \(expectation(name, among: names))"
  }

  /// That line without its place, which the parser says.
  static func expectation(_ name: String, among names: [String]) -> String {
    let nearest = of(name, among: names)
    let guess = nearest.isEmpty ? "" : "; did you mean \(nearest.joined(separator: " or "))?"
    return "expected one of \(names.joined(separator: ", ")), found '\(name)'\(guess)"
  }

  /// Levenshtein's distance: the fewest insertions, deletions and replacements of a character.
  private static func distance(_ first: String, _ second: String) -> Int {
    let second = Array(second)
    var row = Array(0...second.count)
    for (i, character) in first.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in second.enumerated() {
        let replaced = diagonal + (character == other ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[second.count]
  }
}
