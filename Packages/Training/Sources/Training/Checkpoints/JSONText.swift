import Foundation
import TensorCore

/// Values as JSON that keeps every bit of a number, infinities and NaN included.
enum JSONText {
  static func encode(_ value: some Encodable, pretty: Bool = false, file: String) throws(FileError) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = pretty ? [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes] : [.sortedKeys]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    do {
      return String(decoding: try encoder.encode(value), as: UTF8.self)
    } catch {
      throw .system(file: file, action: "write", reason: "\(error)")
    }
  }

  static func decode<Value: Decodable>(
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
