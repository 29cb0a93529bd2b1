import Autograd
import TensorCore

/// What changes parameters by their gradients.
///
/// A class, since it carries momentum and the like from step to step; its whole memory is ``state``. Rules of one's own
/// conform to ``UpdateRule``, which has all of this ready.
public protocol Optimizer: AnyObject {
  /// The parameters that it changes.
  var parameters: [Parameter] { get }
  /// The step size. A schedule sets it before each step.
  var learningRate: Double { get set }

  /// Begins a step: what is counted per step, is counted here.
  func beginStep()

  /// Changes one parameter by its gradient. Call ``beginStep()`` once per step before and ``endStep()`` after.
  ///
  /// Gradients of parameters that are frozen or not this optimiser's are passed over.
  func update(_ parameter: Parameter, gradient: TensorValue)

  /// The same with a gradient that is a product and not multiplied out yet. Default: multiplies it out.
  func update(_ parameter: Parameter, product: ProductValue)

  /// Ends a step, when each parameter that has a gradient is updated. Default: nothing.
  func endStep()

  /// All that is remembered between steps. Setting it makes the next steps those of the saved optimiser, to the bit.
  ///
  /// Stops when the state is not of such an optimiser; use ``check(_:)`` first for states from outside.
  var state: OptimizerState { get set }

  /// Checks that a state can be set: its names, its shapes, its counts.
  ///
  /// - Throws: ``OptimizerStateError`` for the first entry that does not go with this optimiser.
  func check(_ state: OptimizerState) throws(OptimizerStateError)
}

extension Optimizer {
  public func endStep() {}

  public func update(_ parameter: Parameter, product: ProductValue) { update(parameter, gradient: product.value) }

  /// One step with the gradients of a walk.
  public func update(_ gradients: Gradients) {
    beginStep()
    for (parameter, gradient) in gradients { update(parameter, gradient: gradient) }
    endStep()
  }

  /// One step that walks the tape and updates each parameter as soon as its gradient is complete, so that the gradients
  /// never lie in memory together, and those of large fully connected layers not even one by one. Not for gradients that
  /// are clipped by a global norm or accumulated.
  public func step(_ loss: Variable) {
    beginStep()
    loss.backwardKeepingProducts { parameter, gradient in
      switch gradient {
      case .value(let gradient): update(parameter, gradient: gradient)
      case .product(let product): update(parameter, product: product)
      }
    }
    endStep()
  }
}
