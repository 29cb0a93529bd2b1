import Foundation
import TensorCore

/// What a setting may be in a search.
public enum SearchRange: Sendable, Hashable, Codable {
  /// A number between two bounds, all equally likely.
  case uniform(lower: Double, upper: Double)
  /// A number between two bounds above 0, of which all logarithms are equally likely: for learning rates and decays, where
  /// 0.001 to 0.01 is as long a way as 0.1 to 1.
  case logarithmic(lower: Double, upper: Double)
  /// A whole number between two bounds, both included.
  case whole(lower: Int, upper: Int)
  /// One of some words or numbers, without an order.
  case oneOf([SearchValue])

  /// The value at a place of `0..<1`, of which all parts of equal length are equally likely.
  public func value(at place: Double) -> SearchValue {
    switch self {
    case .uniform(let lower, let upper): .number(place < 1 ? lower + place * (upper - lower) : upper)
    case .logarithmic(let lower, let upper): .number(place < 1 ? lower * pow(upper / lower, place) : upper)
    case .whole(let lower, let upper):
      .whole(lower + min(Int(place * Double(upper - lower + 1)), upper - lower))
    case .oneOf(let values): values[min(Int(place * Double(values.count)), values.count - 1)]
    }
  }

  /// Where a value lies, in `0...1`: what ``value(at:)`` makes the value of, in the middle of such places; nil for one that
  /// is not in the range.
  public func place(of value: SearchValue) -> Double? {
    switch (self, value) {
    case (.uniform(let lower, let upper), .number(let number)):
      upper > lower ? (number - lower) / (upper - lower) : 0.5
    case (.logarithmic(let lower, let upper), .number(let number)):
      upper > lower ? (log(number) - log(lower)) / (log(upper) - log(lower)) : 0.5
    case (.whole(let lower, let upper), .whole(let number)):
      (Double(number - lower) + 0.5) / Double(upper - lower + 1)
    case (.oneOf(let values), _):
      values.firstIndex(of: value).map { (Double($0) + 0.5) / Double(values.count) }
    default: nil
    }
  }

  /// At most `count` values at equal distances, the bounds among them; of words, and of fewer whole numbers, all.
  public func grid(_ count: Int) -> [SearchValue] {
    switch self {
    case .uniform(let lower, let upper), .logarithmic(let lower, let upper):
      guard upper > lower else { return [.number(lower)] }
      return Self.places(count).map(value)
    case .whole(let lower, let upper):
      return Self.places(min(count, upper - lower + 1)).map { place in
        .whole(lower + Int((place * Double(upper - lower)).rounded()))
      }
    case .oneOf(let values): return values
    }
  }

  private static func places(_ count: Int) -> [Double] {
    count == 1 ? [0.5] : (0..<count).map { Double($0) / Double(count - 1) }
  }

  /// Checks the bounds.
  ///
  /// - Throws: ``SettingsError`` naming the setting `name` when a bound is not finite, they are in the wrong order, a
  ///   logarithm would not exist, or there is nothing to choose from.
  func validate(_ name: String) throws(SettingsError) {
    switch self {
    case .uniform(let lower, let upper):
      guard lower.isFinite, upper.isFinite, lower <= upper, (upper - lower).isFinite else {
        throw SettingsError(name, expected: "finite bounds, the lower first", found: "\(lower) and \(upper)")
      }
    case .logarithmic(let lower, let upper):
      guard lower > 0, lower <= upper, upper.isFinite, (upper / lower).isFinite else {
        throw SettingsError(name, expected: "finite bounds above 0, the lower first", found: "\(lower) and \(upper)")
      }
    case .whole(let lower, let upper):
      guard lower <= upper, (-Self.mostWhole...Self.mostWhole).contains(lower), upper <= Self.mostWhole else {
        throw SettingsError(
          name, expected: "bounds within ±\(Self.mostWhole), the lower first", found: "\(lower) and \(upper)")
      }
    case .oneOf(let values):
      guard !values.isEmpty, Set(values).count == values.count else {
        throw SettingsError(name, expected: "different values to choose from", found: "\(values)")
      }
    }
  }

  /// Whole numbers up to here are exact as `Double`, and so are their differences.
  private static let mostWhole = 1 << 51
}

/// A value that a setting has in a trial.
public enum SearchValue: Sendable, Hashable, CustomStringConvertible {
  /// A number.
  case number(Double)
  /// A whole number.
  case whole(Int)
  /// A word.
  case word(String)

  /// The value as options of a command have it; reading a number gives the same bits.
  public var description: String {
    switch self {
    case .number(let number): "\(number)"
    case .whole(let number): "\(number)"
    case .word(let word): word
    }
  }

  /// The number, if it is one, whole or not.
  public var number: Double? {
    switch self {
    case .number(let number): number
    case .whole(let number): Double(number)
    case .word: nil
    }
  }
}

extension SearchValue: Codable {
  /// Reads a number or a text. JSON does not tell 3 from 3.0: such a number is whole here.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let number = try? container.decode(Int.self) {
      self = .whole(number)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else {
      self = .word(try container.decode(String.self))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .number(let number): try container.encode(number)
    case .whole(let number): try container.encode(number)
    case .word(let word): try container.encode(word)
    }
  }

  /// Whether both stand for the same, whole or not.
  func isSame(as other: SearchValue) -> Bool {
    if let number = number, let otherNumber = other.number { return number == otherNumber }
    return self == other
  }
}
