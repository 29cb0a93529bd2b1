/// The numbers of update rules, under the names that they have in the rules; nil for those that are not given, or that a
/// rule does not have.
public struct RuleNumbers: Sendable, Hashable, Codable {
  /// μ, how much of the last step goes on.
  public var momentum: Double?
  /// β₁, the memory of the mean gradient.
  public var beta1: Double?
  /// β₂, the memory of the mean square.
  public var beta2: Double?
  /// ρ, the memory of the mean square.
  public var rho: Double?
  /// ε, what keeps a quotient finite.
  public var epsilon: Double?
  /// η, the share of a layer's norm that a step may have.
  public var trust: Double?
  /// λ, how strongly weights shrink.
  public var weightDecay: Double?

  /// Numbers, none unless given.
  public init(
    momentum: Double? = nil, beta1: Double? = nil, beta2: Double? = nil, rho: Double? = nil, epsilon: Double? = nil,
    trust: Double? = nil, weightDecay: Double? = nil
  ) {
    self.momentum = momentum
    self.beta1 = beta1
    self.beta2 = beta2
    self.rho = rho
    self.epsilon = epsilon
    self.trust = trust
    self.weightDecay = weightDecay
  }

  /// The numbers by their names, those that are given.
  public var named: [(name: String, value: Double)] {
    [
      ("momentum", momentum), ("beta1", beta1), ("beta2", beta2), ("rho", rho), ("epsilon", epsilon), ("trust", trust),
      ("weightDecay", weightDecay),
    ].compactMap { name, value in value.map { (name, $0) } }
  }

  /// These numbers, and for those that are not given the others'.
  public func completed(by others: RuleNumbers) -> RuleNumbers {
    RuleNumbers(
      momentum: momentum ?? others.momentum, beta1: beta1 ?? others.beta1, beta2: beta2 ?? others.beta2,
      rho: rho ?? others.rho, epsilon: epsilon ?? others.epsilon, trust: trust ?? others.trust,
      weightDecay: weightDecay ?? others.weightDecay)
  }

  /// Checks that a rule has the numbers and can work with them.
  ///
  /// - Throws: ``SettingsError`` for the first that is wrong.
  func validate(for rule: AdaptiveRule) throws(SettingsError) {
    let known = Set(rule.usual.named.map(\.name))
    for (name, value) in named {
      guard known.contains(name) else {
        throw SettingsError(name, expected: "nothing, as \(rule.rawValue) has no such number", found: "\(value)")
      }
      switch name {
      case "epsilon", "trust": try requirePositive(name, value)
      case "weightDecay": try requireNotNegative(name, value)
      default: try requireFraction(name, value)
      }
    }
  }
}
