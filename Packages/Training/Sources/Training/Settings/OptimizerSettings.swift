import Autograd
import Optimizers

/// An update rule with its numbers, as a run records it. The learning rate stands apart, in ``RunSettings``.
public enum OptimizerSettings: Sendable, Hashable, Codable {
  /// Stochastic gradient descent; see `SGD`.
  case sgd(momentum: Double, nesterov: Bool, weightDecay: Double)
  /// Adaptive moments; see `Adam`.
  case adam(beta1: Double, beta2: Double, epsilon: Double)
  /// Another rule; numbers that are not given are ``AdaptiveRule/usual``.
  case adaptive(AdaptiveRule, numbers: RuleNumbers)

  /// SGD with momentum 0.9.
  public static let momentum = OptimizerSettings.sgd(momentum: 0.9, nesterov: false, weightDecay: 0)
  /// Adam with the numbers of its authors.
  public static let adam = OptimizerSettings.adam(beta1: 0.9, beta2: 0.999, epsilon: 1e-8)

  /// The rule's name in commands: `sgd`, `adam`, `adamw`.
  public var name: String {
    switch self {
    case .sgd: "sgd"
    case .adam: "adam"
    case .adaptive(let rule, _): rule.rawValue
    }
  }

  /// Checks the numbers.
  ///
  /// - Throws: ``SettingsError`` for the first that the rule cannot work with.
  public func validate() throws(SettingsError) {
    switch self {
    case .sgd(let momentum, let nesterov, let weightDecay):
      try requireFraction("momentum", momentum)
      try requireNotNegative("weightDecay", weightDecay)
      guard !nesterov || momentum > 0 else {
        throw SettingsError("nesterov", expected: "a momentum above 0 to go with it", found: "\(momentum)")
      }
    case .adam(let beta1, let beta2, let epsilon):
      try requireFraction("beta1", beta1)
      try requireFraction("beta2", beta2)
      try requirePositive("epsilon", epsilon)
    case .adaptive(let rule, let numbers): try numbers.validate(for: rule)
    }
  }

  /// The optimiser, for numbers that pass ``validate()``.
  public func makeOptimizer(_ parameters: [Parameter], learningRate: Double) -> any Optimizer {
    switch self {
    case .sgd(let momentum, let nesterov, let weightDecay):
      SGD(
        parameters, learningRate: learningRate, momentum: momentum, nesterov: nesterov, weightDecay: weightDecay)
    case .adam(let beta1, let beta2, let epsilon):
      Adam(parameters, learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon)
    case .adaptive(let rule, let numbers): rule.makeOptimizer(parameters, learningRate: learningRate, numbers)
    }
  }
}
