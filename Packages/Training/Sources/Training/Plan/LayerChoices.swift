import NNLayers

/// Layers that do not learn in some epochs.
///
/// ```swift
/// let plan = TrainingPlan(frozen: [FrozenLayers("features", epochs: 1...3)])  // only the classifier learns at first
/// ```
/// No gradient is calculated for their parameters. Running statistics of batch normalisation are still averaged.
public struct FrozenLayers: Sendable, Hashable, Codable {
  /// The name that the layers' parameters begin with, in whole parts: `layer1` is `layer1.0.weight` and not `layer10.weight`.
  /// Empty for all.
  public var name: String
  /// The epochs, from 1, in which they do not learn.
  public var epochs: ClosedRange<Int>

  /// - Parameters:
  ///   - name: what the layers' parameters begin with; empty for all.
  ///   - epochs: the epochs, from 1, in which they do not learn. Default: all.
  public init(_ name: String, epochs: ClosedRange<Int> = 1...Int.max) {
    self.name = name
    self.epochs = epochs
  }
}

/// Layers that learn at a rate of their own.
///
/// ```swift
/// let plan = TrainingPlan(layerRates: [LayerRate("features", factor: 0.1)])  // ten times slower than the classifier
/// ```
/// Where several names fit a parameter the longest counts.
public struct LayerRate: Sendable, Hashable, Codable {
  /// The name that the layers' parameters begin with, in whole parts; see ``FrozenLayers/name``.
  public var name: String
  /// What the learning rate of each step is multiplied by.
  public var factor: Double

  /// - Parameters:
  ///   - name: what the layers' parameters begin with; empty for all.
  ///   - factor: what the learning rate of each step is multiplied by, at least 0.
  public init(_ name: String, factor: Double) {
    self.name = name
    self.factor = factor
  }
}

/// Whether a parameter's name begins with another name, in whole parts.
func isPart(_ parameter: String, of name: String) -> Bool {
  name.isEmpty || parameter == name || parameter.hasPrefix(name.hasSuffix(".") ? name : name + ".")
}

extension TrainingPlan {
  /// Checks that the names of layers are those of a network.
  ///
  /// - Throws: ``SettingsError`` with the first name that no parameter begins with.
  public func check(_ model: any Layer) throws(SettingsError) {
    let parameters = model.namedParameters.map(\.name)
    for (setting, name) in frozen.map({ ("freeze", $0.name) }) + layerRates.map({ ("layerRate", $0.name) }) {
      guard !parameters.contains(where: { isPart($0, of: name) }) else { continue }
      let first = Set(parameters.compactMap { $0.split(separator: ".").first.map(String.init) })
      throw SettingsError(
        setting, expected: "a layer of the network, such as \(first.sorted().prefix(8).joined(separator: ", "))",
        found: "'\(name)'")
    }
  }

  /// Whether a parameter learns in an epoch, counted from 1.
  func learns(_ parameter: String, in epoch: Int) -> Bool {
    !frozen.contains { isPart(parameter, of: $0.name) && $0.epochs.contains(epoch) }
  }

  /// What the learning rate is multiplied by for a parameter.
  func rateFactor(of parameter: String) -> Double {
    layerRates.filter { isPart(parameter, of: $0.name) }.max { $0.name.count < $1.name.count }?.factor ?? 1
  }
}
