import Autograd
import TensorCore

/// Lookahead: another optimiser goes k steps ahead, then the slow weights follow a part of the way and both go on from there.
///
///     every k steps: φ ← φ + α (w - φ), w ← φ
///
/// ```swift
/// let optimizer = Lookahead(Adam(model.parameters), every: 5)
/// optimizer.update(loss.gradients())
/// ```
/// Costs one copy of the weights. What the inner optimiser remembers stays. Zhang and others 2019, "Lookahead optimizer: k
/// steps forward, 1 step back".
public final class Lookahead: Optimizer {
  /// The optimiser that goes ahead.
  public let base: any Optimizer
  /// k.
  public let interval: Int
  /// α.
  public let share: Double

  private var slow: [TensorValue]
  private var stepCount = 0

  /// A rule around another, from the weights as they are.
  ///
  /// - Parameters:
  ///   - base: the optimiser that goes ahead.
  ///   - interval: k, at least 1. Default 5.
  ///   - share: α in `0 ... 1`. Default 0.5.
  public init(_ base: any Optimizer, every interval: Int = 5, share: Double = 0.5) {
    requireWhole("Lookahead", "interval", interval)
    guard (0...1).contains(share) else { stop("Lookahead", "the share \(share) is not in 0 ... 1") }
    self.base = base
    self.interval = interval
    self.share = share
    slow = base.parameters.map(\.value)
  }

  public var parameters: [Parameter] { base.parameters }
  public var learningRate: Double {
    get { base.learningRate }
    set { base.learningRate = newValue }
  }

  public func beginStep() {
    stepCount += 1
    base.beginStep()
  }

  public func update(_ parameter: Parameter, gradient: TensorValue) { base.update(parameter, gradient: gradient) }

  public func update(_ parameter: Parameter, product: ProductValue) { base.update(parameter, product: product) }

  public func endStep() {
    base.endStep()
    guard stepCount.isMultiple(of: interval) else { return }
    // A tied weight that comes twice is drawn back once.
    var seen: Set<ObjectIdentifier> = []
    for (position, parameter) in parameters.enumerated()
    where parameter.isTrainable && seen.insert(ObjectIdentifier(parameter)).inserted {
      slow[position].blend(with: parameter.value, share: share)
      parameter.value = slow[position].converted(to: parameter.value.precision)
    }
  }

  /// What the inner optimiser remembers, and the slow weights as `3.slow`.
  public var state: OptimizerState {
    get {
      var state = base.state
      state.stepCount = stepCount
      for (position, value) in slow.enumerated() { state.tensors["\(position).\(Self.slowName)"] = value }
      return state
    }
    set {
      do {
        try check(newValue)
      } catch {
        stop("state", error.description)
      }
      let (inner, slow) = split(newValue)
      base.state = inner
      self.slow = parameters.indices.compactMap { slow.tensors["\($0).\(Self.slowName)"] }
      stepCount = newValue.stepCount
    }
  }

  public func check(_ state: OptimizerState) throws(OptimizerStateError) {
    let (inner, slow) = split(state)
    try base.check(inner)
    try slow.check(for: parameters, quantities: [Self.slowName])
    guard slow.tensors.count == parameters.count else {
      throw OptimizerStateError(expected: "\(parameters.count) slow weights", found: "\(slow.tensors.count)")
    }
  }

  private static let slowName = "slow"

  /// The inner optimiser's part and the slow weights.
  private func split(_ state: OptimizerState) -> (inner: OptimizerState, slow: OptimizerState) {
    var (inner, slow) = (state, OptimizerState())
    for (name, tensor) in state.tensors where OptimizerState.parts(name)?.quantity == Self.slowName {
      inner.tensors[name] = nil
      slow.tensors[name] = tensor
    }
    return (inner, slow)
  }
}
