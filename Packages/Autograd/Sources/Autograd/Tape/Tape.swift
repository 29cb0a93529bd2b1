import TensorCore

/// The record of a calculation, made while the program runs, from which gradients are calculated.
///
/// ```swift
/// let tape = Tape()
/// let x = tape.watch(Tensor<Double>([3]))
/// let y = (x * x).sum()
/// let slope = y.gradients()[x]  // 6
/// ```
///
/// The walk goes through the operations in reverse order of their creation, without recursion, and frees each one
/// as it passes. A tape serves one walk.
public final class Tape {
  /// A place on a tape.
  struct Reference {
    let tape: Tape
    let index: Int
    /// How to calculate the variable once more; nil where its value is to be kept. Here and not on the tape, so that it is
    /// gone with the last that may need it.
    var recalculate: (() -> TensorValue)?
    /// Whether the rule of the operation that made the variable holds on to its value.
    var isHeld = false
  }

  /// What gradients can be asked for.
  enum Leaf {
    case parameter(Parameter)
    case variable(Int)
  }

  /// One recorded step: a leaf, or an operation with the closure that maps its output's gradient to its inputs'.
  struct Node {
    let operation: String
    let leaf: Leaf?
    let inputs: [Input]
    var pullback: ((TensorValue) -> [NodeGradient?])?

    var isParameter: Bool {
      if case .parameter = leaf { true } else { false }
    }
  }

  /// An operation's input: where it was recorded, if it was, and its shape.
  struct Input {
    let index: Int?
    let shape: Shape
  }

  private var nodes: [Node] = []
  private var parameterNodes: [ObjectIdentifier: Int] = [:]
  private var isUsedUp = false
  private let tracesBadValues: Bool
  /// What is recorded in place of rules for gradients, for an ``InferencePlan``.
  let recording: PlanRecording?
  /// See ``observe(_:)``.
  var observers: [(RecordedOperation) -> Void] = []
  /// See ``observeWalk(_:)``.
  var walkObservers: [(Int) -> Void] = []
  /// The first operation that made a NaN or an infinity; nil if none did or the tape does not trace.
  public private(set) var firstBadValue: BadValue?

  /// An empty tape.
  ///
  /// - Parameter tracingBadValues: whether each operation's output and gradients are searched for NaN and infinities,
  ///   so that ``firstBadValue`` can name the first. Costs a pass over each. Default false.
  public init(tracingBadValues: Bool = false) {
    tracesBadValues = tracingBadValues
    recording = nil
  }

  /// A tape that records for repetition, without rules for gradients.
  init(_ recording: PlanRecording) {
    tracesBadValues = false
    self.recording = recording
  }

  /// Whether nobody looks at what is recorded before the walk.
  var isUnobserved: Bool { !tracesBadValues && recording == nil && observers.isEmpty && walkObservers.isEmpty }

  /// Remembers that somebody looked at the numbers of a recorded variable.
  func noteReading() { recording?.wasRead = true }

  /// A variable of the given value whose gradient can be asked for.
  public func watch(_ value: TensorValue) -> Variable {
    let index = append(Node(operation: "watch", leaf: .variable(nodes.count), inputs: [], pullback: nil))
    return Variable(value: value, node: Reference(tape: self, index: index))
  }

  /// A variable of the given value whose gradient can be asked for.
  public func watch(_ tensor: Tensor<Float>) -> Variable { watch(.float(tensor)) }
  /// A variable of the given value whose gradient can be asked for.
  public func watch(_ tensor: Tensor<Double>) -> Variable { watch(.double(tensor)) }

  /// The parameter's current value as a recorded variable; a constant if the parameter is frozen.
  ///
  /// The second call for a parameter refers to the same place: the gradients of all its uses add up.
  public func watch(_ parameter: Parameter) -> Variable { watch(parameter, value: parameter.value) }

  /// The parameter as a recorded variable that takes the given value in place of its own.
  public func watch(_ parameter: Parameter, value: TensorValue) -> Variable {
    guard parameter.isTrainable else { return Variable(value) }
    let known = parameterNodes[ObjectIdentifier(parameter)]
    let index = known ?? append(Node(operation: "parameter", leaf: .parameter(parameter), inputs: [], pullback: nil))
    parameterNodes[ObjectIdentifier(parameter)] = index
    return Variable(value: value, node: Reference(tape: self, index: index))
  }

  /// The parameter that was recorded at a place; nil where something else was, and after the walk.
  public func parameter(at index: Int) -> Parameter? {
    guard nodes.indices.contains(index), case .parameter(let parameter)? = nodes[index].leaf else { return nil }
    return parameter
  }

  /// The number of steps recorded.
  public var count: Int { nodes.count }

  func append(_ node: Node) -> Int {
    guard !isUsedUp else { stop(node.operation, "the tape has been walked; record on a new one") }
    nodes.append(node)
    return nodes.count - 1
  }
}

extension Tape {
  /// Walks back from the node at `start`, whose gradient is given; hands each leaf's complete gradient to `consume`.
  ///
  /// - Parameter deferring: whether a gradient that is a product may be handed over as such.
  func walk(
    from start: Int, gradient: TensorValue, deferring: Bool, _ consume: (Leaf, PendingGradient) -> Void
  ) {
    guard !isUsedUp else { stop("gradients", "the tape has been walked; record on a new one") }
    guard recording == nil else { stop("gradients", "a calculation that is being prepared for inference has none") }
    isUsedUp = true
    defer { nodes = [] }
    var pending = [PendingGradient?](repeating: nil, count: start + 1)
    pending[start] = .value(gradient)
    for index in stride(from: start, through: 0, by: -1) {
      let node = nodes.removeLast(to: index)
      guard let gradient = pending.removeLast() else { continue }
      if let leaf = node.leaf {
        consume(leaf, gradient)
      } else if let pullback = node.pullback {
        distribute(pullback(gradient.value), to: node, deferring: deferring, &pending)
        walkObservers.forEach { $0(index) }
      }
    }
  }

  private func distribute(
    _ gradients: [NodeGradient?], to node: Node, deferring: Bool, _ pending: inout [PendingGradient?]
  ) {
    guard gradients.count == node.inputs.count else {
      stop(node.operation, "its rule gives \(gradients.count) gradients for \(node.inputs.count) inputs")
    }
    for (number, (gradient, input)) in zip(gradients, node.inputs).enumerated() {
      guard let index = input.index, let gradient else { continue }
      guard gradient.shape == input.shape else {
        stop(node.operation, "its rule gives input \(number) of shape \(input.shape) the gradient \(gradient.shape)")
      }
      switch gradient {
      case .pending(let gradient):
        if deferring, !tracesBadValues, pending[index] == nil, nodes[index].isParameter {
          pending[index] = gradient
          continue
        }
        let value = gradient.value
        trace(value, node.operation, .gradient(input: number), node.inputs.map(\.shape))
        if pending[index] == nil { pending[index] = .value(value) } else { pending[index]?.accumulate(value) }
      case .addition(_, let add):
        var sum = pending[index]?.value
        pending[index] = nil
        add(&sum)
        guard let sum else { continue }
        trace(sum, node.operation, .gradient(input: number), node.inputs.map(\.shape))
        pending[index] = .value(sum)
      }
    }
  }

  /// Remembers the operation if its result is the first that is not finite.
  func trace(_ value: TensorValue, _ operation: String, _ place: BadValue.Place, _ inputs: [Shape]) {
    guard tracesBadValues, firstBadValue == nil, !value.isFinite else { return }
    firstBadValue = BadValue(operation: operation, place: place, inputShapes: inputs)
  }
}

/// Where the first NaN or infinity of a recording appeared.
public struct BadValue: Sendable, Equatable, CustomStringConvertible {
  /// In an operation's output, or in the gradient of one of its inputs.
  public enum Place: Sendable, Equatable {
    /// The output.
    case output
    /// The gradient of the input at this position.
    case gradient(input: Int)
  }

  /// The name of the operation.
  public let operation: String
  /// Whether it was its output or a gradient.
  public let place: Place
  /// The shapes of the operation's inputs.
  public let inputShapes: [Shape]

  public var description: String {
    let inputs = inputShapes.map(\.description).joined(separator: ", ")
    return switch place {
    case .output: "\(operation) of \(inputs) made the first value that is not finite"
    case .gradient(let input):
      "the gradient of \(operation) of \(inputs) for its input \(input) is the first value that is not finite"
    }
  }
}

extension [Tape.Node] {
  /// Removes all nodes from `index` on; returns the one at `index`.
  fileprivate mutating func removeLast(to index: Int) -> Tape.Node {
    removeLast(count - index - 1)
    return removeLast()
  }
}
