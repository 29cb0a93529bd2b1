import Autograd
import TensorCore

/// Stochastic gradient descent, with momentum, Nesterov's look-ahead and weight decay on request.
///
///     g ← g + λ w          weight decay λ
///     v ← ρ v + g          momentum ρ
///     w ← w - α v          or, with Nesterov, w - α (g + ρ v)
///
/// Sutskever and others 2013, "On the importance of initialization and momentum in deep learning".
public final class SGD: Optimizer {
  public let parameters: [Parameter]
  public var learningRate: Double
  /// ρ.
  public let momentum: Double
  /// Whether the step looks ahead along the momentum.
  public let nesterov: Bool
  /// λ, the factor of the L2 penalty's gradient.
  public let weightDecay: Double

  private var slots: ParameterSlots
  private var stepCount = 0

  /// - Parameters:
  ///   - parameters: what to change.
  ///   - learningRate: α.
  ///   - momentum: ρ in `0 ..< 1`. Default 0: none.
  ///   - nesterov: whether the step looks ahead; needs momentum. Default false.
  ///   - weightDecay: λ. Default 0.
  public init(
    _ parameters: [Parameter], learningRate: Double, momentum: Double = 0, nesterov: Bool = false,
    weightDecay: Double = 0
  ) {
    guard (0..<1).contains(momentum) else { stop("SGD", "the momentum \(momentum) is not in 0 ..< 1") }
    guard !nesterov || momentum > 0 else { stop("SGD", "Nesterov's form needs a momentum above 0") }
    self.parameters = parameters
    self.learningRate = learningRate
    self.momentum = momentum
    self.nesterov = nesterov
    self.weightDecay = weightDecay
    slots = ParameterSlots(parameters)
  }

  public func beginStep() { stepCount += 1 }

  public func update(_ parameter: Parameter, gradient: TensorValue) {
    guard slots.has(parameter) else { return }
    var velocity = momentum > 0 ? slots.take("momentum", of: parameter, like: gradient) : nil
    parameter.withValue { value in
      switch gradient {
      case .float(let gradient): descend(&value, &velocity, gradient)
      case .double(let gradient): descend(&value, &velocity, gradient)
      }
    }
    if let velocity { slots.put(velocity, "momentum", of: parameter) }
  }

  private func descend<Scalar: CarriedScalar>(
    _ value: inout TensorValue, _ velocity: inout TensorValue?, _ gradient: Tensor<Scalar>
  ) {
    value.modify(Scalar.self) { weight in
      if velocity == nil {
        weight.sgdUpdate(gradient: gradient, learningRate: learningRate, weightDecay: weightDecay)
      }
      velocity?.modify(Scalar.self) { velocity in
        weight.sgdUpdate(
          gradient: gradient, velocity: &velocity, learningRate: learningRate, momentum: momentum, nesterov: nesterov,
          weightDecay: weightDecay)
      }
    }
  }

  public var state: OptimizerState {
    get { OptimizerState(stepCount: stepCount, tensors: slots.tensors) }
    set {
      stepCount = newValue.stepCount
      slots.tensors = newValue.tensors
    }
  }
}
