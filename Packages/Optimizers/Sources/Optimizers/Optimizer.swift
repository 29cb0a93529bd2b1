import Autograd
import TensorCore

/// A rule that changes parameters by their gradients.
///
/// A class, since it carries momentum and the like from step to step; its whole memory is ``state``.
public protocol Optimizer: AnyObject {
  /// The parameters that it changes.
  var parameters: [Parameter] { get }
  /// The step size. A schedule sets it before each step.
  var learningRate: Double { get set }

  /// Begins a step: what the rule counts per step, it counts here.
  func beginStep()

  /// Changes one parameter by its gradient. Call ``beginStep()`` once per step before.
  ///
  /// Gradients of parameters that are not this optimiser's are passed over.
  func update(_ parameter: Parameter, gradient: TensorValue)

  /// All that the rule remembers between steps. Setting it makes the next steps those of the saved optimiser, to the bit.
  var state: OptimizerState { get set }
}

extension Optimizer {
  /// One step with the gradients of a walk.
  public func update(_ gradients: Gradients) {
    beginStep()
    for (parameter, gradient) in gradients { update(parameter, gradient: gradient) }
  }

  /// One step that walks the tape and updates each parameter as soon as its gradient is complete, so that the gradients
  /// never lie in memory together. Not for losses in which a parameter is frozen half-way or clipped by a global norm.
  public func step(_ loss: Variable) {
    beginStep()
    loss.backward { update($0, gradient: $1) }
  }
}

/// What an optimiser remembers between steps.
public struct OptimizerState: Sendable {
  /// The number of steps taken.
  public var stepCount = 0
  /// Tensors by name: the parameter's position and the quantity, as in `3.momentum`.
  public var tensors: [String: TensorValue] = [:]

  /// Nothing yet.
  public init(stepCount: Int = 0, tensors: [String: TensorValue] = [:]) {
    self.stepCount = stepCount
    self.tensors = tensors
  }
}
