import ArgumentParser

extension ParsableArguments {
  /// The options and flags that were given, as `--batch-size`, those of groups within too: for errors.
  ///
  /// Options count that are nil where they are not given, and flags that are off.
  var given: [String] {
    Mirror(reflecting: self).children.flatMap { child -> [String] in
      switch child.value {
      case let group as any ArgumentGroup: group.arguments.given
      case let argument as any MaybeGiven: argument.isGiven ? [Self.optionName(child.label ?? "")] : []
      default: []
      }
    }
  }

  /// `--batch-size` for the stored property of a wrapper, `_batchSize`.
  private static func optionName(_ label: String) -> String { kebabOption(String(label.drop { $0 == "_" })) }
}

/// `--batch-size` for `batchSize`.
func kebabOption(_ name: String) -> String {
  "--" + name.map { $0.isUppercase ? "-\($0.lowercased())" : String($0) }.joined()
}

/// An argument that is there or not.
private protocol MaybeGiven {
  var isGiven: Bool { get }
}

/// A group of arguments within another.
private protocol ArgumentGroup {
  associatedtype Arguments: ParsableArguments
  var arguments: Arguments { get }
}

/// `Optional`, whatever it wraps.
private protocol Absentable {
  var isAbsent: Bool { get }
}

extension Optional: Absentable {
  fileprivate var isAbsent: Bool { self == nil }
}

extension Option: MaybeGiven where Value: Absentable {
  fileprivate var isGiven: Bool { !wrappedValue.isAbsent }
}

extension Flag: MaybeGiven where Value == Bool {
  fileprivate var isGiven: Bool { wrappedValue }
}

extension OptionGroup: ArgumentGroup {
  fileprivate var arguments: Value { wrappedValue }
}
