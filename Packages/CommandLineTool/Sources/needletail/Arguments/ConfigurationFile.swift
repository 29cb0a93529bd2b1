import Foundation
import TensorCore

/// A file with options of `train`: a JSON object of their names and values.
///
///     { "model": "lenet5", "dataset": "digits", "epochs": 20, "nesterov": true, "milestones": [10, 15],
///       "validation": 0.1, "early-stopping": 5, "freeze": ["features.0:1-2"], "metrics": ["top-2", "f1"] }
///
/// What stands on the command line takes precedence.
struct ConfigurationFile {
  private static let option = "--config"
  /// In bytes.
  private static let largest = 1 << 20

  private let path: String
  private let values: [String: Value]

  /// The arguments with the file's options in place of `--config FILE`; unchanged where there is none.
  ///
  /// - Throws: what names the file when it cannot be read, is no such object, or has an option that is not among `known`.
  static func expanded(_ arguments: [String], known: [String]) throws -> [String] {
    guard let (path, others) = parted(arguments) else { return arguments }
    return others + (try ConfigurationFile(path).arguments(known: known, without: options(in: others)))
  }

  /// A complaint about an option, with the file's name in front where the option is from the file.
  static func located(_ complaint: String, _ arguments: [String]) -> String {
    guard let (path, others) = parted(arguments), let file = try? ConfigurationFile(path) else { return complaint }
    let words = Set(complaint.split { !$0.isLetter && !$0.isNumber && $0 != "-" }.map(String.init))
    let own = Set(file.values.keys.map { "--" + $0 }).subtracting(options(in: others))
    return own.isDisjoint(with: words) ? complaint : "\(path): \(complaint)"
  }

  /// The file's path and the other arguments; nil without a file, and without its path, which the parser will miss.
  private static func parted(_ arguments: [String]) -> (path: String, others: [String])? {
    guard let place = arguments.firstIndex(where: { $0 == option || $0.hasPrefix(option + "=") }) else { return nil }
    let isApart = arguments[place] == option
    guard !isApart || place + 1 < arguments.count else { return nil }
    let path = isApart ? arguments[place + 1] : String(arguments[place].dropFirst(option.count + 1))
    var others = arguments
    others.removeSubrange(place...(isApart ? place + 1 : place))
    return (path, others)
  }

  private static func options(in arguments: [String]) -> Set<String> {
    Set(arguments.filter { $0.hasPrefix("--") }.map { String($0.prefix { $0 != "=" }) })
  }

  private init(_ path: String) throws {
    self.path = path
    let bytes = try InputFile.contents(of: path, limit: Self.largest)
    do {
      values = try JSONDecoder().decode([String: Value].self, from: Data(bytes))
    } catch {
      throw FileError.malformed(
        file: path, expected: "a JSON object of options with texts, numbers, true or false, or lists of them",
        found: bytes.isEmpty ? "no bytes" : "something else")
    }
  }

  private func arguments(known: [String], without given: Set<String>) throws -> [String] {
    try values.sorted { $0.key < $1.key }.flatMap { key, value -> [String] in
      let name = "--" + key
      guard known.contains(name) else {
        throw UsageError(NearestNames.complaint(path, key, among: known.map { String($0.dropFirst(2)) }))
      }
      return given.contains(name) ? [] : value.arguments(name)
    }
  }

  /// A value as JSON has it.
  private enum Value: Decodable {
    case flag(Bool)
    case text(String)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let flag = try? container.decode(Bool.self) {
        self = .flag(flag)
      } else {
        self = .text(try Self.text(container))
      }
    }

    private static func text(_ container: any SingleValueDecodingContainer) throws -> String {
      if let text = try? container.decode(String.self) { return text }
      if let number = try? container.decode(Int.self) { return String(number) }
      // Of seeds beyond half of their range.
      if let number = try? container.decode(UInt64.self) { return String(number) }
      if let number = try? container.decode(Double.self) { return String(number) }
      if let texts = try? container.decode([String].self) { return texts.joined(separator: ",") }
      return try container.decode([Int].self).map(String.init).joined(separator: ",")
    }

    func arguments(_ name: String) -> [String] {
      switch self {
      case .flag(let isSet): isSet ? [name] : []
      // Joined, so that a negative number is not taken for an option.
      case .text(let text): ["\(name)=\(text)"]
      }
    }
  }
}
