import Autograd
import TensorCore

/// What a network is called with: whether it trains, in which precision, with which random numbers and values.
///
/// A context serves one step and stays in the task that made it. In training it records: the loss calculated with it
/// gives gradients. Its random numbers depend on its seed only, so that dropout repeats.
///
/// ```swift
/// let context = Context.training(seed: 7)
/// let loss = crossEntropy(model(images, context), labels)
/// optimizer.update(loss.gradients())
/// ```
public final class Context {
  /// What the network is called for.
  public enum Mode: Sendable {
    /// Dropout drops, batch statistics are used and averaged, gradients are recorded.
    case training
    /// Everything is fixed and nothing is recorded.
    case inference
  }

  /// What the network is called for.
  public let mode: Mode
  /// The precision in which parameters take part. Inputs are converted when a layer is called with a tensor.
  public let precision: Precision
  /// The random numbers of dropout and the like.
  public var random: RandomStream
  /// Values that take precedence over what parameters and buffers hold. Buffers that it has are written here.
  public private(set) var state: ModelState
  /// Whether layers may change buffers. False when a block is calculated a second time.
  public let updatesBuffers: Bool
  /// Whether dropout and the other layers of random numbers act. True in inference for Monte-Carlo dropout, false in training
  /// to see whether a network can learn a few samples by heart.
  public let dropsOut: Bool
  /// Where training records; nil in inference.
  public let tape: Tape?
  /// Parts that stand in for others, innermost last; see ``Copied``.
  private var substitutions: [Substitution] = []
  /// Calculated values that stand in for parameters; see ``replacing(_:with:_:)``.
  private var replacements: [ObjectIdentifier: Variable] = [:]
  /// Who looks at the layers' outputs; nil for nobody. See ``observe(_:)``.
  var observation: Observation?

  /// A context with everything chosen.
  ///
  /// - Parameters:
  ///   - mode: training or inference.
  ///   - precision: of the parameters and of converted inputs. Default float.
  ///   - random: the random numbers. Default: seed 0.
  ///   - state: values that take precedence over the parameters' own. Default none.
  ///   - updatesBuffers: whether running statistics are changed. Default: in training.
  ///   - dropsOut: whether dropout and the like act. Default: in training.
  ///   - tape: where to record. Default: a new tape in training, none in inference.
  public init(
    mode: Mode, precision: Precision = .float, random: RandomStream = RandomStream(seed: 0),
    state: ModelState = ModelState(), updatesBuffers: Bool? = nil, dropsOut: Bool? = nil, tape: Tape? = nil
  ) {
    self.mode = mode
    self.precision = precision
    self.random = random
    self.state = state
    self.updatesBuffers = updatesBuffers ?? (mode == .training)
    self.dropsOut = dropsOut ?? (mode == .training)
    self.tape = tape ?? (mode == .training ? Tape() : nil)
  }

  /// A context for one training step, whose random numbers follow from `seed`.
  public static func training(seed: UInt64, precision: Precision = .float) -> Context {
    Context(mode: .training, precision: precision, random: RandomStream(seed: seed))
  }

  /// A context for inference.
  public static var inference: Context { Context(mode: .inference) }

  /// Whether ``mode`` is training.
  public var isTraining: Bool { mode == .training }

  /// The parameter's value here, recorded in training unless it is frozen.
  public subscript(parameter: Parameter) -> Variable {
    let parameter = resolved(parameter)
    if let replacement = replacements[ObjectIdentifier(parameter)] { return replacement }
    let value = (state[parameter] ?? parameter.value).converted(to: precision)
    return tape?.watch(parameter, value: value) ?? Variable(value)
  }

  /// The buffer's value here. Setting it does nothing unless ``updatesBuffers``.
  public subscript(buffer: Buffer) -> StateValue {
    get {
      let buffer = resolved(buffer)
      let value = state[buffer] ?? buffer.value
      guard case .tensor(let tensor) = value else { return value }
      return .tensor(tensor.converted(to: precision))
    }
    set {
      guard updatesBuffers else { return }
      let buffer = resolved(buffer)
      if state[buffer] != nil { state[buffer] = newValue } else { buffer.value = newValue.stored(like: buffer.value) }
    }
  }

  /// Calls `body` with a calculated value in a parameter's place: how ``WeightNorm`` gives a layer a weight that follows from
  /// other parameters. Gradients flow through the value.
  ///
  /// ```swift
  /// let halved = context[dense.weight] * 0.5
  /// let y = context.replacing(dense.weight, with: halved) { dense(images, context) }
  /// ```
  ///
  /// Stops unless the value has the parameter's shape.
  public func replacing<Result>(_ parameter: Parameter, with value: Variable, _ body: () -> Result) -> Result {
    guard value.shape == parameter.shape else {
      stop("replacing", "the parameter is \(parameter.shape), its replacement \(value.shape)")
    }
    let key = ObjectIdentifier(resolved(parameter))
    let outer = replacements.updateValue(value, forKey: key)
    defer { replacements[key] = outer }
    return body()
  }

  /// Calls `body` with other parameters and buffers standing in for a network's own.
  func substituting<Result>(_ substitution: Substitution, _ body: () -> Result) -> Result {
    substitutions.append(substitution)
    defer { substitutions.removeLast() }
    return body()
  }

  /// A context like this one for a part of the calculation, with random numbers, state and recording of its own.
  func branch(random: RandomStream, state: ModelState, updatesBuffers: Bool) -> Context {
    let branch = Context(mode: mode, precision: precision, random: random, state: state, updatesBuffers: updatesBuffers)
    branch.substitutions = substitutions
    return branch
  }

  /// Puts calculated values in parameters' places; see ``replacing(_:with:_:)``.
  func replace(_ parameters: [Parameter], with values: some Sequence<Variable>) {
    for (parameter, value) in zip(parameters, values) { replacements[ObjectIdentifier(resolved(parameter))] = value }
  }

  /// Goes on where a branch ended: with its random numbers and the buffers that it wrote into the state.
  func join(_ branch: Context) {
    random = branch.random
    state = branch.state
  }

  /// The state with the values that buffers have here, whatever becomes of them.
  func state(holding buffers: [Buffer]) -> ModelState {
    var state = state
    for buffer in buffers {
      let buffer = resolved(buffer)
      state[buffer] = state[buffer] ?? buffer.value
    }
    return state
  }

  private func resolved(_ parameter: Parameter) -> Parameter {
    substitutions.reversed().reduce(parameter) { $1.parameters[ObjectIdentifier($0)] ?? $0 }
  }

  private func resolved(_ buffer: Buffer) -> Buffer {
    substitutions.reversed().reduce(buffer) { $1.buffers[ObjectIdentifier($0)] ?? $0 }
  }
}

extension StateValue {
  /// The value in the precision in which `other` is stored, so that a run in Double leaves the stored type alone.
  func stored(like other: StateValue) -> StateValue {
    guard case .tensor(let value) = self, case .tensor(let before) = other else { return self }
    return .tensor(value.converted(to: before.precision))
  }
}
