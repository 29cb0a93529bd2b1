import ArgumentParser
import Training

/// Which update rule a new run learns by, and its numbers.
struct RuleOptions: ParsableArguments {
  enum Rule: String, CaseIterable, ExpressibleByArgument {
    case sgd, adam, adamw, amsgrad, nadam, radam, adamax, adagrad, adadelta, rmsprop, rprop, lion, lars
  }

  @Option(help: "The update rule. (default: sgd)")
  var optimizer: Rule?

  @Option(
    parsing: .unconditional,
    help: """
      The size of a step, at first. (default for lenet5: \(Recommended.text(\.learningRate)); for Adam's family \
      \(RecommendedSettings.learningRateOfAdam), for other rules one of their own; less for networks that diverge at it)
      """,
    transform: Numbers.positive)
  var learningRate: Double?

  @Option(
    parsing: .unconditional,
    help:
      "How much of the last step goes on; for sgd, rmsprop, lars. (default: for sgd \(Recommended.text(\.momentum)))",
    transform: Numbers.fraction)
  var momentum: Double?

  @Flag(help: "Take the gradient where the momentum will lead; for sgd.")
  var nesterov = false

  @Option(
    parsing: .unconditional,
    help: """
      How strongly weights shrink; for all but adam, which takes adamw for it, and rprop. (default: for sgd \
      \(Recommended.text(\.weightDecay)))
      """,
    transform: Numbers.notNegative)
  var weightDecay: Double?

  @Option(
    parsing: .unconditional, help: "The memory of the mean gradient; for Adam's family and lion. (default: 0.9)",
    transform: Numbers.fraction)
  var beta1: Double?

  @Option(
    parsing: .unconditional,
    help: "The memory of the mean square; for Adam's family and lion. (default: 0.999; 0.99 for lion)",
    transform: Numbers.fraction)
  var beta2: Double?

  @Option(
    parsing: .unconditional, help: "The memory of the mean square; for rmsprop and adadelta. (default: 0.99; 0.9)",
    transform: Numbers.fraction)
  var rho: Double?

  @Option(
    parsing: .unconditional,
    help: "What keeps quotients finite; for all that have a quotient. (default: the rule's own)",
    transform: Numbers.positive)
  var epsilon: Double?

  @Option(
    parsing: .unconditional, help: "The share of a layer's norm that a step may have; for lars. (default: 0.001)",
    transform: Numbers.positive)
  var trust: Double?

  func validate() throws {
    let rule = optimizer ?? .sgd
    let options = rule.options
    if let other = given.first(where: { !options.contains($0) }) {
      throw ValidationError("\(other) does not go with --optimizer \(rule.rawValue)")
    }
  }
}

extension RuleOptions {
  /// The rule with its numbers, for a run that is otherwise as recommended.
  func settings(_ recommended: RecommendedSettings) -> OptimizerSettings {
    let rule = optimizer ?? .sgd
    guard let adaptive = rule.adaptive else {
      return rule == .adam
        ? .adam(beta1: beta1 ?? 0.9, beta2: beta2 ?? 0.999, epsilon: epsilon ?? 1e-8)
        : .sgd(
          momentum: momentum ?? recommended.momentum, nesterov: nesterov,
          weightDecay: weightDecay ?? recommended.weightDecay)
    }
    let numbers = RuleNumbers(
      momentum: momentum, beta1: beta1, beta2: beta2, rho: rho, epsilon: epsilon, trust: trust, weightDecay: weightDecay
    )
    return .adaptive(adaptive, numbers: numbers.completed(by: adaptive.usual))
  }

  /// The first rate for a network.
  func rate(_ recommended: RecommendedSettings, model: String) -> Double {
    if let learningRate { return learningRate }
    switch optimizer ?? .sgd {
    case .sgd: return recommended.learningRate
    case .adam: return RecommendedSettings.learningRateOfAdam(for: model)
    case let rule:
      let factor = max(RecommendedSettings.rateFactor(of: model), 0.1)
      return (rule.adaptive?.usualLearningRate ?? recommended.learningRate) * factor
    }
  }
}

extension RuleOptions.Rule {
  /// The rule among those that have settings alike; nil for SGD and Adam.
  fileprivate var adaptive: AdaptiveRule? { AdaptiveRule(rawValue: rawValue) }

  /// The options that go with it.
  fileprivate var options: Set<String> {
    let own: [String] =
      switch self {
      case .sgd: ["momentum", "nesterov", "weightDecay"]
      case .adam: ["beta1", "beta2", "epsilon"]
      default: adaptive?.usual.named.map(\.name) ?? []
      }
    return Set((own + ["optimizer", "learningRate"]).map(kebabOption))
  }
}
