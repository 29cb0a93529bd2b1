import Autograd
import Optimizers

/// The update rules that ``OptimizerSettings`` knows beside SGD and Adam.
public enum AdaptiveRule: String, Sendable, Hashable, Codable, CaseIterable {
  /// Adam with weights that decay by themselves; see `AdamW`.
  case adamw
  /// Adam with the largest mean square so far; see `Adam`.
  case amsgrad
  /// Adam with Nesterov's look-ahead; see `NAdam`.
  case nadam
  /// Adam whose first steps do without the mean square; see `RAdam`.
  case radam
  /// Adam with the largest gradient in place of the mean square; see `AdaMax`.
  case adamax
  /// Rates that fall with the sum of squares; see `AdaGrad`.
  case adagrad
  /// Steps in the parameters' own unit; see `AdaDelta`.
  case adadelta
  /// Gradients by the root of their mean square; see `RMSProp`.
  case rmsprop
  /// Steps that grow and shrink by the gradients' signs, for whole data sets at once; see `Rprop`.
  case rprop
  /// The sign of the momentum; see `Lion`.
  case lion
  /// Rates by the layers' norms, for large batches; see `LARS`.
  case lars

  /// The numbers of the rule with the values of its authors, or PyTorch's; those that it does not have are nil.
  public var usual: RuleNumbers {
    switch self {
    case .adamw: RuleNumbers(beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0.01)
    case .amsgrad, .nadam, .radam, .adamax: RuleNumbers(beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0)
    case .adagrad: RuleNumbers(epsilon: 1e-10, weightDecay: 0)
    case .adadelta: RuleNumbers(rho: 0.9, epsilon: 1e-6, weightDecay: 0)
    case .rmsprop: RuleNumbers(momentum: 0, rho: 0.99, epsilon: 1e-8, weightDecay: 0)
    case .rprop: RuleNumbers()
    case .lion: RuleNumbers(beta1: 0.9, beta2: 0.99, weightDecay: 0)
    case .lars: RuleNumbers(momentum: 0.9, trust: 0.001, weightDecay: 0)
    }
  }

  /// The rate to begin with where nothing is said.
  public var usualLearningRate: Double {
    switch self {
    case .adamw, .amsgrad, .nadam, .radam, .adamax: RecommendedSettings.learningRateOfAdam
    case .adagrad: 0.01
    case .adadelta: 1
    case .rmsprop, .rprop: 0.001
    case .lion: 3e-4
    case .lars: 5
    }
  }

  /// The optimiser, for numbers that pass ``RuleNumbers/validate(for:)``; those that are nil are the usual ones.
  func makeOptimizer(
    _ parameters: [Parameter], learningRate rate: Double, _ given: RuleNumbers
  ) -> any Optimizer {
    let numbers = given.completed(by: usual)
    let (beta1, beta2) = (numbers.beta1 ?? 0, numbers.beta2 ?? 0)
    let (epsilon, decay) = (numbers.epsilon ?? 0, numbers.weightDecay ?? 0)
    let (momentum, rho) = (numbers.momentum ?? 0, numbers.rho ?? 0)
    switch self {
    case .adamw:
      return AdamW(parameters, learningRate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: decay)
    case .amsgrad:
      return Adam(
        parameters, learningRate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: decay, amsgrad: true)
    case .nadam:
      return NAdam(parameters, learningRate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: decay)
    case .radam:
      return RAdam(parameters, learningRate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: decay)
    case .adamax:
      return AdaMax(parameters, learningRate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: decay)
    case .adagrad: return AdaGrad(parameters, learningRate: rate, epsilon: epsilon, weightDecay: decay)
    case .adadelta: return AdaDelta(parameters, learningRate: rate, rho: rho, epsilon: epsilon, weightDecay: decay)
    case .rmsprop:
      return RMSProp(
        parameters, learningRate: rate, rho: rho, epsilon: epsilon, momentum: momentum, weightDecay: decay)
    case .rprop: return Rprop(parameters, learningRate: rate)
    case .lion: return Lion(parameters, learningRate: rate, beta1: beta1, beta2: beta2, weightDecay: decay)
    case .lars:
      return LARS(
        parameters, learningRate: rate, momentum: momentum, trust: numbers.trust ?? 0, weightDecay: decay)
    }
  }
}
