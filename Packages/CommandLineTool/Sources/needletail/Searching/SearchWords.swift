import ArgumentParser
import Foundation
import Training

/// How the arguments of `search` say what is searched: an option of learning takes a range or a list in a value's place.
///
///     --learning-rate 1e-4...1e-1:log  --momentum 0.5...0.99  --shift 0...3  --optimizer sgd,adam
enum SearchWords {
  /// The options of learning, `--batch-size` and so on.
  static let learningOptions: Set<String> = Set(Needletail.options(in: LearningOptions.helpMessage()))

  /// Options whose values are lists already: only `--vary` searches them.
  private static let lists: Set<String> = ["--milestones", "--freeze", "--layer-rate", "--metrics"]

  /// The arguments with `--vary NAME=RANGE` in place of options of learning that have a range or a list.
  static func rewritten(_ arguments: [String]) -> [String] {
    pieces(of: arguments).flatMap { piece -> [String] in
      guard let name = piece.name, let value = piece.value, learningOptions.contains(name), !lists.contains(name),
        value.contains("...") || value.contains(",")
      else { return piece.words }
      return ["--vary", "\(name.dropFirst(2))=\(value)"]
    }
  }

  /// Those of the arguments that are options of learning, each in one word.
  static func learning(in arguments: [String]) -> [String] {
    pieces(of: arguments).filter { learningOptions.contains($0.name ?? "") }.map { piece in
      (piece.name ?? "") + (piece.value.map { "=\($0)" } ?? "")
    }
  }

  /// An option with its value, or a word that is neither.
  private struct Piece {
    let words: [String]
    let name: String?
    let value: String?
  }

  /// Values never begin with two hyphens.
  private static func pieces(of arguments: [String]) -> [Piece] {
    var pieces: [Piece] = []
    var rest = arguments[...]
    while let word = rest.popFirst() {
      guard word.hasPrefix("--") else {
        pieces.append(Piece(words: [word], name: nil, value: nil))
        continue
      }
      if let equals = word.firstIndex(of: "=") {
        let value = String(word[word.index(after: equals)...])
        pieces.append(Piece(words: [word], name: String(word[..<equals]), value: value))
      } else if learningOptions.contains(word), let value = rest.first, !value.hasPrefix("--") {
        rest.removeFirst()
        pieces.append(Piece(words: [word, value], name: word, value: value))
      } else {
        pieces.append(Piece(words: [word], name: word, value: nil))
      }
    }
    return pieces
  }

  /// What `NAME=RANGE` says.
  static func choice(_ text: String) throws -> SearchSpace.Choice {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !parts[0].isEmpty else {
      throw ValidationError("expected an option and its range, as learning-rate=1e-4...1e-1:log")
    }
    return SearchSpace.Choice(parts[0], try range(parts[1], of: parts[0]))
  }

  private static func range(_ text: String, of name: String) throws -> SearchRange {
    guard let dots = text.range(of: "...") else { return try list(text, of: name) }
    let lower = String(text[..<dots.lowerBound])
    var upper = String(text[dots.upperBound...])
    let isLogarithmic = upper.hasSuffix(":log")
    if isLogarithmic { upper.removeLast(4) }
    if !isLogarithmic, let first = Int(lower), let last = Int(upper) { return .whole(lower: first, upper: last) }
    guard let first = Double(lower), let last = Double(upper) else {
      throw ValidationError(
        "--\(name): expected a range as 1e-4...1e-1:log, 0.5...0.9 or 1...8, or a list as 16,32, found '\(text)'")
    }
    return isLogarithmic ? .logarithmic(lower: first, upper: last) : .uniform(lower: first, upper: last)
  }

  private static func list(_ text: String, of name: String) throws -> SearchRange {
    let words = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard !words.contains("") else {
      throw ValidationError("--\(name): expected a list as sgd,adam, found '\(text)'")
    }
    return .oneOf(words.map { .word($0) })
  }
}
