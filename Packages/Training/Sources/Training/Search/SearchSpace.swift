import TensorCore

/// What a search chooses from: settings by name, each with its range.
///
/// ```swift
/// let space = SearchSpace([
///   .init("learningRate", .logarithmic(lower: 1e-4, upper: 1e-1)),
///   .init("batchSize", .oneOf([.whole(16), .whole(32), .whole(64)])),
/// ])
/// ```
public struct SearchSpace: Sendable, Hashable, Codable {
  /// A setting that is searched.
  public struct Choice: Sendable, Hashable, Codable {
    /// The setting's name.
    public let name: String
    /// What it may be.
    public let range: SearchRange

    /// A setting with its range.
    public init(_ name: String, _ range: SearchRange) {
      self.name = name
      self.range = range
    }
  }

  /// The settings, in the order in which a grid counts them: the last changes first.
  public let choices: [Choice]

  /// A space of settings.
  public init(_ choices: [Choice]) { self.choices = choices }

  /// Checks names and ranges.
  ///
  /// - Throws: ``SettingsError`` for the first that cannot be followed.
  public func validate() throws(SettingsError) {
    guard !choices.isEmpty else {
      throw SettingsError("space", expected: "at least one setting to search", found: "none")
    }
    var names: Set<String> = []
    for choice in choices {
      guard names.insert(choice.name).inserted else {
        throw SettingsError(choice.name, expected: "one range", found: "two")
      }
      try choice.range.validate(choice.name)
    }
  }

  /// The point whose settings lie at these places of `0..<1`, one for each choice.
  func point(at places: [Double]) -> SearchPoint {
    SearchPoint(zip(choices, places).map { .init(name: $0.name, value: $0.range.value(at: $1)) })
  }

  /// All points of a grid with at most `count` values for each setting.
  func grid(_ count: Int) -> [SearchPoint] {
    let settings = choices.map { choice in
      choice.range.grid(count).map { SearchPoint.Setting(name: choice.name, value: $0) }
    }
    let combined = settings.reduce([[]]) { points, values in points.flatMap { point in values.map { point + [$0] } } }
    return combined.map { SearchPoint($0) }
  }

  /// The number of points of that grid; nil if it cannot be counted.
  func gridCount(_ count: Int) -> Int? {
    var product = 1
    for choice in choices {
      let values: Int =
        switch choice.range {
        case .uniform(let lower, let upper), .logarithmic(let lower, let upper): upper > lower ? count : 1
        case .whole(let lower, let upper): min(count, upper - lower + 1)
        case .oneOf(let values): values.count
        }
      let (result, overflow) = product.multipliedReportingOverflow(by: values)
      guard !overflow else { return nil }
      product = result
    }
    return product
  }
}

/// What the settings are in a trial.
public struct SearchPoint: Sendable, Hashable {
  /// A setting with its value.
  public struct Setting: Sendable, Hashable {
    /// The setting's name.
    public let name: String
    /// What it is.
    public let value: SearchValue
  }

  /// The settings in the order of the space.
  public let settings: [Setting]

  init(_ settings: [Setting]) { self.settings = settings }

  /// The value of a setting; nil for a name that the space does not have.
  public subscript(name: String) -> SearchValue? { settings.first { $0.name == name }?.value }

  /// The value of a setting that is a number, whole or not. Stops for other names and words.
  public func number(_ name: String) -> Double {
    guard let number = self[name]?.number else {
      stop("search", "there is no number '\(name)' among \(settings.map(\.name))")
    }
    return number
  }
}
