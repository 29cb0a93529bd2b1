/// A setting of a run that cannot be followed.
public struct SettingsError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The setting, by the name of its property: `batchSize`.
  public let setting: String
  /// What it must be.
  public let expected: String
  /// What it is.
  public let found: String

  /// An error about one setting.
  public init(_ setting: String, expected: String, found: String) {
    self.setting = setting
    self.expected = expected
    self.found = found
  }

  /// One line: the setting, what was expected, what was found.
  public var description: String { "\(setting): expected \(expected), found \(found)" }
}

/// Throws unless `number` is finite and above 0.
func requirePositive(_ setting: String, _ number: Double) throws(SettingsError) {
  guard number.isFinite, number > 0 else {
    throw SettingsError(setting, expected: "a finite number above 0", found: "\(number)")
  }
}

/// Throws unless `number` is finite and at least 0.
func requireNotNegative(_ setting: String, _ number: Double) throws(SettingsError) {
  guard number.isFinite, number >= 0 else {
    throw SettingsError(setting, expected: "a finite number of at least 0", found: "\(number)")
  }
}

/// Throws unless `number` is at least 0 and below 1.
func requireFraction(_ setting: String, _ number: Double) throws(SettingsError) {
  guard number >= 0, number < 1 else {
    throw SettingsError(setting, expected: "a number of at least 0 and below 1", found: "\(number)")
  }
}

/// Throws unless `number` is at least `least`.
func requireWhole(_ setting: String, _ number: Int, atLeast least: Int = 1) throws(SettingsError) {
  guard number >= least else {
    throw SettingsError(setting, expected: "a whole number of at least \(least)", found: "\(number)")
  }
}
