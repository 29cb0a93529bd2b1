import Autograd
import TensorCore

/// Stochastic gradient descent, with momentum, Nesterov's look-ahead and weight decay on request.
///
///     g ← g + λ w                weight decay λ
///     v ← ρ v + (1 - τ) g        momentum ρ, dampening τ; v = g in the first step
///     w ← w - α v                or, with Nesterov, w - α (g + ρ v)
///
/// With ``MomentumForm/steps`` the velocity holds steps, as in the papers:
///
///     v ← ρ v - α (1 - τ) g      w ← w + v
///     with Nesterov              w ← w - ρ v_old + (1 + ρ) v
///
/// Both forms take the same path while the rate stays the same. Nesterov's form is the look-ahead form, whose gradient is
/// taken at w + ρ v, written for the point looked at; ``lookingAhead(_:)`` takes it literally.
///
/// ```swift
/// let optimizer = SGD(model.parameters, learningRate: 0.1, momentum: 0.9, weightDecay: 5e-4)
/// optimizer.update(loss.gradients())
/// ```
/// Polyak 1964, "Some methods of speeding up the convergence of iteration methods"; Nesterov 1983; Sutskever and others
/// 2013, "On the importance of initialization and momentum in deep learning". Values as PyTorch's.
public final class SGD: UpdateRule {
  /// What the velocity holds.
  public enum MomentumForm: Sendable, Hashable {
    /// Gradients: v ← ρ v + g, w ← w - α v. A new rate counts at once. PyTorch's form.
    case gradients
    /// Steps: v ← ρ v - α g, w ← w + v. A new rate counts for new gradients only. The papers' and Keras' form.
    case steps
  }

  public let memory: RuleMemory
  /// ρ.
  public let momentum: Double
  /// τ, the share of the gradient that is left out after the first step.
  public let dampening: Double
  /// Whether the step looks ahead along the momentum.
  public let nesterov: Bool
  /// What the velocity holds.
  public let form: MomentumForm

  /// The rule for the given parameters or groups, with nothing remembered yet.
  ///
  /// - Parameters:
  ///   - parameters: what to change.
  ///   - learningRate: α.
  ///   - momentum: ρ in `0 ..< 1`. Default 0: none.
  ///   - dampening: τ in `0 ... 1`; 0 with Nesterov's form. Default 0.
  ///   - nesterov: whether the step looks ahead; needs momentum. Default false.
  ///   - form: what the velocity holds. Default gradients.
  ///   - weightDecay: λ. Default 0.
  public init(
    _ parameters: [some ParameterGroupConvertible], learningRate: Double, momentum: Double = 0, dampening: Double = 0,
    nesterov: Bool = false, form: MomentumForm = .gradients, weightDecay: Double = 0
  ) {
    requireFraction("SGD", "momentum", momentum)
    guard (0...1).contains(dampening) else { stop("SGD", "the dampening \(dampening) is not in 0 ... 1") }
    guard !nesterov || (momentum > 0 && dampening == 0) else {
      stop(
        "SGD", "Nesterov's form needs a momentum above 0 and no dampening, not \(momentum) and \(dampening)")
    }
    memory = RuleMemory("SGD", parameters, learningRate: learningRate, weightDecay: weightDecay)
    self.momentum = momentum
    self.dampening = dampening
    self.nesterov = nesterov
    self.form = form
  }

  public var quantities: [Quantity] { momentum > 0 ? [Quantity("momentum")] : [] }

  public var isElementwise: Bool { true }

  public func apply<Scalar: CarriedScalar>(
    _ step: UpdateStep, to w: inout Tensor<Scalar>, gradient: Tensor<Scalar>, remembered: inout Remembered<Scalar>
  ) {
    guard momentum > 0 else {
      w.sgdUpdate(gradient: gradient, learningRate: step.learningRate, weightDecay: step.weightDecay)
      return
    }
    let share = step.number == 1 ? 1 : 1 - dampening
    // A velocity of steps is kept with its sign turned, so that one kernel serves both forms.
    w.sgdUpdate(
      gradient: gradient, velocity: &remembered.first, learningRate: form == .steps ? 1 : step.learningRate,
      momentum: momentum, nesterov: nesterov, weightDecay: step.weightDecay,
      gain: form == .steps ? share * step.learningRate : share)
  }

  /// What `body` returns with the parameters at w + ρ v (for a velocity of gradients w - α ρ v), where the momentum alone
  /// would bring them; they are back at w when it returns.
  ///
  /// Nesterov's look-ahead form, literally; `nesterov` must be false.
  /// ```swift
  /// let gradients = optimizer.lookingAhead { crossEntropy(model(images, context), labels).gradients() }
  /// optimizer.update(gradients)
  /// ```
  public func lookingAhead<Result>(_ body: () throws -> Result) rethrows -> Result {
    guard !nesterov else { stop("lookingAhead", "this SGD looks ahead in its steps already") }
    let values = parameters.map(\.value)
    defer { for (parameter, value) in zip(parameters, values) { parameter.value = value } }
    var seen: Set<ObjectIdentifier> = []
    for parameter in parameters where parameter.isTrainable && seen.insert(ObjectIdentifier(parameter)).inserted {
      guard let velocity = memory.tensor(0, of: parameter) else { continue }
      let rate = form == .steps ? 1 : memory.learningRate(of: parameter)
      parameter.withValue { $0.subtract(velocity, times: rate * momentum) }
    }
    return try body()
  }
}

extension TensorValue {
  /// Subtracts a multiple of another tensor of the same precision.
  fileprivate mutating func subtract(_ other: TensorValue, times factor: Double) {
    switch other {
    case .float(let other): modify(Float.self) { $0 -= other * Float(factor) }
    case .double(let other): modify(Double.self) { $0 -= other * factor }
    }
  }
}
