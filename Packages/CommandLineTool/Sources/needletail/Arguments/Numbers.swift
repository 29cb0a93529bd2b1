import ArgumentParser
import Foundation

/// Reads numbers from arguments; the errors say what was expected.
enum Numbers {
  /// A whole number in a range.
  static func whole(in range: ClosedRange<Int>) -> @Sendable (String) throws -> Int {
    { text in
      guard let number = Int(text), range.contains(number) else {
        throw ValidationError("expected a whole number from \(range.lowerBound) to \(range.upperBound)")
      }
      return number
    }
  }

  /// Whole numbers of a range with commas between.
  static func list(in range: ClosedRange<Int>) -> @Sendable (String) throws -> [Int] {
    { text in
      let parts = text.split(separator: ",", omittingEmptySubsequences: false)
      let numbers = parts.compactMap { Int($0) }.filter(range.contains)
      guard numbers.count == parts.count else {
        throw ValidationError("expected whole numbers from \(range.lowerBound) to \(range.upperBound), as 10,20")
      }
      return numbers
    }
  }

  /// A seed.
  static func seed(_ text: String) throws -> UInt64 {
    guard let number = UInt64(text) else {
      throw ValidationError("expected a whole number from 0 to \(UInt64.max)")
    }
    return number
  }

  /// A rate above 0.
  static func positive(_ text: String) throws -> Double {
    try number(text, "a finite number above 0") { $0 > 0 }
  }

  /// A rate of at least 0.
  static func notNegative(_ text: String) throws -> Double {
    try number(text, "a finite number of at least 0") { $0 >= 0 }
  }

  /// A share below 1.
  static func fraction(_ text: String) throws -> Double {
    try number(text, "a number of at least 0 and below 1") { $0 >= 0 && $0 < 1 }
  }

  /// A duration of up to a day.
  static func seconds(_ text: String) throws -> Double {
    try number(text, "a number of seconds above 0, at most 86400") { $0 > 0 && $0 <= 86_400 }
  }

  private static func number(_ text: String, _ expected: String, _ condition: (Double) -> Bool) throws -> Double {
    guard let number = Double(text), number.isFinite, condition(number) else {
      throw ValidationError("expected \(expected)")
    }
    return number
  }
}
