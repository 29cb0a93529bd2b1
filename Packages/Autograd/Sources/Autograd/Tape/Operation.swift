import TensorCore

/// A differentiable operation: how its output follows from its inputs, and its inputs' gradients from the output's.
///
/// All operations of this module are written so, and a user's own are no different:
///
/// ```swift
/// struct Cube: Operation {
///   let name = "cube"
///   func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar> {
///     let x = inputs[0]
///     return Recorded(x * x * x) { gradient in [gradient * 3 * x * x] }
///   }
/// }
/// let y = Cube().apply(to: Variable(x))
/// let report = checkGradients(of: Cube(), at: [[1, 2, 3]])
/// ```
///
/// What is not differentiated (labels, axes, a geometry) are properties of the operation. A file that imports Foundation, which
/// has an `Operation` too, says `Autograd.Operation`.
public protocol Operation: Sendable {
  /// The name in messages.
  var name: String { get }

  /// The output and the rule for the gradients. The rule should hold on to no more tensors than it needs.
  func forward<Scalar: FloatingScalar>(_ inputs: Inputs<Scalar>) -> Recorded<Scalar>

  /// How many products are added up for an output of the given shape: the size of a convolution or matrix product, as
  /// papers state it and summaries of networks count it.
  ///
  /// Default 0: what is not a sum of products is not counted.
  func multiplyAdds(inputs: [Shape], output: Shape) -> Int

  /// Which positions of the first input, `[N, C, …]`, a position of the output follows from, one window for each axis after
  /// the channels: what receptive fields are calculated from.
  ///
  /// Default nil: the same position only, where input and output have equal axes after the channels; or else no window.
  func inputWindows(on input: Shape) -> [InputWindow]?
}

extension Operation {
  public func multiplyAdds(inputs: [Shape], output: Shape) -> Int { 0 }
  public func inputWindows(on input: Shape) -> [InputWindow]? { nil }
}

/// The inputs of an ``Operation``, all in one precision.
public struct Inputs<Scalar: FloatingScalar> {
  private let tensors: [Tensor<Scalar>]
  private let recorded: [Bool]
  /// How to calculate an input once more; nil where there is no such way.
  private let recalculations: [(() -> Tensor<Scalar>)?]
  private let held: [Bool]

  init(_ tensors: [Tensor<Scalar>], recorded: [Bool], recalculations: [(() -> Tensor<Scalar>)?], held: [Bool]) {
    self.tensors = tensors
    self.recorded = recorded
    self.recalculations = recalculations
    self.held = held
  }

  /// Inputs for whom no rule is kept.
  init(unrecorded tensors: [Tensor<Scalar>]) {
    self.init(
      tensors, recorded: Array(repeating: false, count: tensors.count),
      recalculations: Array(repeating: nil, count: tensors.count), held: Array(repeating: false, count: tensors.count))
  }

  /// The input at `position`.
  public subscript(position: Int) -> Tensor<Scalar> { tensors[position] }
  /// The number of inputs.
  public var count: Int { tensors.count }
  /// The input at `position` for a rule to hold on to: for an input that can be calculated once more in one pass, such as
  /// the output of a normalisation, not the numbers but the way to them.
  public func kept(_ position: Int) -> KeptInput<Scalar> {
    let tensor = tensors[position]
    return KeptInput(recalculations[position] ?? { tensor })
  }
  /// Whether the rule of the operation that made the input holds on to it: then another rule may do so at no cost.
  func isHeld(_ position: Int) -> Bool { held[position] }
  /// Whether the gradient for this input is wanted; the rule may return nil for it otherwise.
  public func needsGradient(_ position: Int) -> Bool { recorded[position] }
  /// All inputs in order.
  public var all: [Tensor<Scalar>] { tensors }
}

/// An input that a rule needs again: the tensor, or how to calculate it once more, to the bit, so that it need not be kept.
public struct KeptInput<Scalar: FloatingScalar> {
  private let calculate: () -> Tensor<Scalar>

  init(_ calculate: @escaping () -> Tensor<Scalar>) { self.calculate = calculate }

  /// The input. Ask for it once: it may be calculated each time.
  public func tensor() -> Tensor<Scalar> { calculate() }
}

/// What an ``Operation`` made: its output, and the rule that maps the output's gradient to one gradient per input
/// (nil where an input has none).
public struct Recorded<Scalar: FloatingScalar> {
  let output: Tensor<Scalar>
  let recalculate: (() -> Tensor<Scalar>)?
  /// Whether the rule holds on to the output.
  var holdsOutput = false
  let pullback: (Tensor<Scalar>) -> [RuleGradient<Scalar>?]

  /// An output and its rule.
  ///
  /// - Parameters:
  ///   - output: what came out.
  ///   - recalculate: makes the output once more, the same to the bit, in one pass over memory and from what the rule holds
  ///     on to anyway. Operations that follow then keep this in place of the output; see ``Inputs/kept(_:)``. Default nil: the
  ///     output is kept by who needs it.
  ///   - pullback: the rule.
  public init(
    _ output: Tensor<Scalar>, recalculate: (() -> Tensor<Scalar>)? = nil,
    pullback: @escaping (Tensor<Scalar>) -> [Tensor<Scalar>?]
  ) {
    self.init(output, recalculate: recalculate, rule: { pullback($0).map { $0.map(RuleGradient.whole) } })
  }

  /// An output and a rule whose gradients may be products that are not multiplied out.
  init(
    _ output: Tensor<Scalar>, recalculate: (() -> Tensor<Scalar>)? = nil,
    rule: @escaping (Tensor<Scalar>) -> [RuleGradient<Scalar>?]
  ) {
    self.output = output
    self.recalculate = recalculate
    self.pullback = rule
  }
}

/// What a rule gives for an input.
enum RuleGradient<Scalar: FloatingScalar> {
  case whole(Tensor<Scalar>)
  case product(ProductGradient<Scalar>)
  /// Of the given shape, and added right to the sum of what other rules gave, nil if that is nothing yet: a pass over memory
  /// less, and a tensor.
  case addition(Shape, (inout Tensor<Scalar>?) -> Void)
}

extension Operation {
  /// Carries the operation out, and records it if an input is recorded.
  ///
  /// Stops when the inputs differ in precision or are recorded on different tapes.
  public func apply(to inputs: Variable...) -> Variable { apply(to: inputs) }

  /// Carries the operation out on a list of inputs, and records it if an input is recorded.
  public func apply(to inputs: [Variable]) -> Variable {
    guard let first = inputs.first else { stop(name, "needs at least one input") }
    return switch first.precision {
    case .float: run(inputs, as: Float.self)
    case .double: run(inputs, as: Double.self)
    }
  }

  private func run<Scalar: CarriedScalar>(_ inputs: [Variable], as: Scalar.Type) -> Variable {
    let tensors = inputs.map { input in
      guard let tensor = Scalar.unwrap(input.content) else {
        stop(name, "mixes precisions: " + inputs.map { "\($0.precision) \($0.shape)" }.joined(separator: ", "))
      }
      return tensor
    }
    let tape = commonTape(of: inputs)
    let keepsRules = tape?.recording == nil
    let recorded = forward(
      Inputs(
        tensors, recorded: inputs.map { keepsRules && $0.node != nil },
        recalculations: inputs.map { keepsRules ? recalculation(of: $0) : nil },
        held: inputs.map { keepsRules && $0.node?.isHeld == true }))
    let output = Scalar.wrap(recorded.output)
    guard let tape else { return Variable(output) }
    if let recording = tape.recording {
      return recording.append(self, inputs, output, on: tape)
    }
    tape.trace(output, name, .output, inputs.map(\.shape))
    let index = tape.append(node(for: inputs, recorded))
    for observer in tape.observers {
      observer(
        RecordedOperation(
          operation: self, inputs: inputs.map { ($0.node?.index, $0.shape) }, index: index, outputShape: output.shape))
    }
    let recalculate = recorded.recalculate.map { calculate in { Scalar.wrap(calculate()) } }
    let reference = Tape.Reference(tape: tape, index: index, recalculate: recalculate, isHeld: recorded.holdsOutput)
    return Variable(value: output, node: reference)
  }

  private func recalculation<Scalar: CarriedScalar>(of input: Variable) -> (() -> Tensor<Scalar>)? {
    input.node?.recalculate.map { recalculate in
      {
        guard let tensor = Scalar.unwrap(recalculate()) else { stop(name, "an input changed its precision") }
        return tensor
      }
    }
  }

  private func node<Scalar: CarriedScalar>(for inputs: [Variable], _ recorded: Recorded<Scalar>) -> Tape.Node {
    let pullback = recorded.pullback
    return Tape.Node(
      operation: name, leaf: nil,
      inputs: inputs.map { Tape.Input(index: $0.node?.index, shape: $0.shape) },
      pullback: { [name] gradient in
        guard let gradient = Scalar.unwrap(gradient) else {
          stop(name, "ran in \(Scalar.precision), its gradient came in \(gradient.precision)")
        }
        return pullback(gradient).map { $0.map(Tape.NodeGradient.init) }
      })
  }

  private func commonTape(of inputs: [Variable]) -> Tape? {
    var tape: Tape?
    for case let node? in inputs.lazy.map(\.node) {
      guard tape == nil || tape === node.tape else { stop(name, "its inputs are recorded on different tapes") }
      tape = node.tape
    }
    return tape
  }
}
