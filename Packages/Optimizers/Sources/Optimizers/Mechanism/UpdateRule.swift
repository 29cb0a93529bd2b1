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

  /// Whether each element's step follows from that element of the gradient and of what is remembered, so that a parameter can
  /// be updated in parts. Default false; all rules here but LARS are.
  var isElementwise: Bool { get }

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

  /// Calls `body` with some rows of the first `count` quantities.
  mutating func withRows(_ rows: Range<Int>, count: Int, _ body: (inout Remembered) -> Void) {
    var part = Remembered(empty: Tensor(repeating: 0, shape: [0]))
    withRows(rows, from: 0, to: count, &part, body)
  }

  private mutating func withRows(
    _ rows: Range<Int>, from number: Int, to count: Int, _ part: inout Remembered, _ body: (inout Remembered) -> Void
  ) {
    guard number < count else { return body(&part) }
    var whole = self[number]
    self[number] = part[number]
    whole.withRows(rows) { view in
      swap(&part[number], &view)
      withRows(rows, from: number + 1, to: count, &part, body)
      swap(&part[number], &view)
    }
    self[number] = whole
  }

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
  public var isElementwise: Bool { false }

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

  public func update(_ parameter: Parameter, product: ProductValue) {
    guard isElementwise, product.shape.count >= ProductParts.leastCount else {
      return update(parameter, gradient: product.value)
    }
    guard let position = memory.position(of: parameter), parameter.isTrainable else { return }
    switch product {
    case .float(let product): update(parameter, at: position, product)
    case .double(let product): update(parameter, at: position, product)
    }
  }

  /// Rows by rows: a part of the gradient is used while it is in the cache.
  private func update<Scalar: CarriedScalar>(
    _ parameter: Parameter, at position: Int, _ product: ProductGradient<Scalar>
  ) {
    let quantities = quantities
    let step = memory.nextStep(at: position)
    var remembered = memory.take(quantities, at: position, shape: parameter.shape, as: Scalar.self)
    parameter.withValue { value in
      value.modify(Scalar.self) { w in
        for rows in product.runs {
          w.withRows(rows) { w in
            remembered.withRows(rows, count: quantities.count) { remembered in
              apply(step, to: &w, gradient: product.rows(rows), remembered: &remembered)
            }
          }
        }
      }
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

/// When a gradient that is a product is worth being taken in parts.
private enum ProductParts {
  /// Elements of the product, 8 MiB of Floats: what caches hold is multiplied out as well.
  static let leastCount = 1 << 21
}
