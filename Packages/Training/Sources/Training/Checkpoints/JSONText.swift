import Foundation
import TensorCore

/// Values as JSON that keeps every bit of a number, infinities and NaN included (as `"Infinity"`, `"-Infinity"` and `"NaN"`):
/// the form of all that a run, a search or the program writes.
public enum JSONText {
  /// The text of a value, its members in the order of their names.
  ///
  /// - Parameters:
  ///   - value: what is written.
  ///   - pretty: whether each member has its line; else all stand in one. Default false.
  ///   - file: where it goes, for the error.
  /// - Throws: `FileError` naming the file for a value that cannot be encoded.
  public static func encode(_ value: some Encodable, pretty: Bool = false, file: String) throws(FileError) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    do {
      return String(decoding: try encoder.encode(value), as: UTF8.self)
    } catch {
      throw .system(file: file, action: "write", reason: "\(error)")
    }
  }

  /// The value of a text.
  ///
  /// - Parameters:
  ///   - type: the value's type.
  ///   - text: the JSON.
  ///   - title: what it is, for the error.
  ///   - file: where it comes from, for the error.
  /// - Throws: `FileError` naming the file and the member that is missing or of another kind.
  public static func decode<Value: Decodable>(
    _ type: Value.Type, from text: String, as title: String, file: String
  ) throws(FileError) -> Value {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    do {
      return try decoder.decode(type, from: Data(text.utf8))
    } catch let error as DecodingError {
      throw .malformed(file: file, expected: title, found: error.reason)
    } catch {
      throw .malformed(file: file, expected: title, found: "\(error)")
    }
  }
}

extension DecodingError {
  /// What is wrong and where, in one line.
  fileprivate var reason: String {
    switch self {
    case .keyNotFound(let key, let context): "no '\(Self.path(context.codingPath + [key]))'"
    case .typeMismatch(_, let context), .valueNotFound(_, let context):
      "'\(Self.path(context.codingPath))' of another kind"
    case .dataCorrupted(let context):
      context.codingPath.isEmpty
        ? "no valid JSON" : "'\(Self.path(context.codingPath))' that is not valid: \(context.debugDescription)"
    @unknown default: "something else"
    }
  }

  private static func path(_ keys: [any CodingKey]) -> String {
    keys.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(separator: ".")
  }
}
