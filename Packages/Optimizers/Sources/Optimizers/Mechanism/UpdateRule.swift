import Autograd
import TensorCore

/// An optimiser that changes each parameter by itself: all of the rules here, and those of one's own.
///
/// A rule says what it remembers for each parameter and how one step changes it; groups, counts, precision, state and
/// frozen parameters are ``RuleMemory``'s.
///
/// ```swift
/// /// The step is the gradient's sign: w ← w - α sign(g).
/// final class SignDescent: UpdateRule {
///   let memory: RuleMemory
///
///   init(_ parameters: [some ParameterGroupConvertible], learningRate: Double) {
///     memory = RuleMemory("SignDescent", parameters, learningRate: learningRate)
///   }
///
///   func apply<Scalar: CarriedScalar>(
///     _ step: UpdateStep, to w: inout Tensor<Scalar>, gradient: Tensor<Scalar>, remembered: inout Remembered<Scalar>
///   ) {
///     w -= gradient.sign() * Scalar(step.learningRate)
///   }
/// }
/// ```
public protocol UpdateRule: Optimizer {
  /// Groups, counts and what is remembered.
  var memory: RuleMemory { get }
  /// What is remembered for each parameter, at most three tensors of its shape. Default: nothing.
  var quantities: [Quantity] { get }

  /// One step of one parameter, in place.
  func apply<Scalar: CarriedScalar>(
    _ step: UpdateStep, to w: inout Tensor<Scalar>, gradient: Tensor<Scalar>, remembered: inout Remembered<Scalar>)
}

/// A tensor that a rule remembers for each parameter.
public struct Quantity: Sendable, Hashable {
  /// Its name in the state, such as `momentum`.
  public let name: String
  /// The value of its elements before the first step.
  public let start: Double

  /// A quantity that begins with `start`, by default 0.
  public init(_ name: String, start: Double = 0) {
    self.name = name
    self.start = start
  }
}

/// One step of one parameter.
public struct UpdateStep: Sendable {
  /// t: 1 for the first step in which the parameter has a gradient. Frozen steps do not count.
  public let number: Int
  /// α, the group's factor included.
  public let learningRate: Double
  /// λ of the parameter's group.
  public let weightDecay: Double
}

/// The tensors that a rule remembers for one parameter, in the order of its quantities; those not asked for are empty.
///
/// Properties and no array, so that a rule can change two of them in one call.
public struct Remembered<Scalar: CarriedScalar> {
  /// The first quantity, of the parameter's shape; empty if the rule does not ask for it.
  public var first: Tensor<Scalar>
  /// The second quantity, of the parameter's shape; empty if the rule does not ask for it.
  public var second: Tensor<Scalar>
  /// The third quantity, of the parameter's shape; empty if the rule does not ask for it.
  public var third: Tensor<Scalar>

  init(empty: Tensor<Scalar>) { (first, second, third) = (empty, empty, empty) }

  subscript(number: Int) -> Tensor<Scalar> {
    get { number == 0 ? first : number == 1 ? second : third }
    set {
      switch number {
      case 0: first = newValue
      case 1: second = newValue
      default: third = newValue
      }
    }
  }
}

extension UpdateRule {
  public var parameters: [Parameter] { memory.parameters }
  public var learningRate: Double {
    get { memory.learningRate }
    set { memory.learningRate = newValue }
  }
  public var quantities: [Quantity] { [] }

  public func beginStep() { memory.stepCount += 1 }

  public func update(_ parameter: Parameter, gradient: TensorValue) {
    guard let position = memory.position(of: parameter), parameter.isTrainable else { return }
    switch gradient {
    case .float(let gradient): update(parameter, at: position, gradient)
    case .double(let gradient): update(parameter, at: position, gradient)
    }
  }

  private func update<Scalar: CarriedScalar>(_ parameter: Parameter, at position: Int, _ gradient: Tensor<Scalar>) {
    let quantities = quantities
    let step = memory.nextStep(at: position)
    var remembered = memory.take(quantities, at: position, shape: parameter.shape, as: Scalar.self)
    parameter.withValue { value in
      value.modify(Scalar.self) { apply(step, to: &$0, gradient: gradient, remembered: &remembered) }
    }
    memory.put(remembered, count: quantities.count, at: position)
  }

  public var state: OptimizerState {
    get { memory.state(quantities) }
    set {
      do {
        try check(newValue)
      } catch {
        stop("state", error.description)
      }
      memory.set(newValue, quantities)
    }
  }

  public func check(_ state: OptimizerState) throws(OptimizerStateError) { try memory.check(state, quantities) }
}
