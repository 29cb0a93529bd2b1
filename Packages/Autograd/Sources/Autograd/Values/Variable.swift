import TensorCore

/// A tensor in a calculation: its value and, if it takes part in a recording, its place on the tape.
///
/// A variable made from a tensor is a constant. Variables that ``Tape/watch(_:)-(TensorValue)`` returns, and all that is
/// calculated from them, are recorded. A variable belongs to the task that records and is not `Sendable`;
/// its ``value`` is.
public struct Variable {
  /// The numbers, for this module: whoever reads them here does so again in each repetition.
  let content: TensorValue
  /// Where the variable was recorded; nil for a constant.
  let node: Tape.Reference?

  init(value: TensorValue, node: Tape.Reference?) {
    content = value
    self.node = node
  }

  /// A constant.
  public init(_ value: TensorValue) { self.init(value: value, node: nil) }
  /// A constant in single precision.
  public init(_ tensor: Tensor<Float>) { self.init(.float(tensor)) }
  /// A constant in double precision.
  public init(_ tensor: Tensor<Double>) { self.init(.double(tensor)) }

  /// The numbers.
  public var value: TensorValue {
    node?.tape.noteReading()
    return content
  }

  /// The sizes of the axes.
  public var shape: Shape { content.shape }
  /// The number of axes.
  public var rank: Int { shape.rank }
  /// The element type.
  public var precision: Precision { content.precision }
  /// The numbers as `Float`.
  public var floats: Tensor<Float> { value.floats }
  /// The numbers as `Double`.
  public var doubles: Tensor<Double> { value.doubles }
  /// Whether gradients flow through this variable.
  public var isRecorded: Bool { node != nil }

  /// The only element. Stops when there is more than one.
  public var item: Double {
    guard shape.count == 1 else { stop("item", "needs a variable of one element, this one is \(shape)") }
    return value.doubles.scalars[0]
  }

  /// The same value as a constant: no gradient flows back through it.
  public func detached() -> Variable { Variable(value) }

  /// The gradient of this variable, which must hold one element, with respect to everything watched on its tape.
  ///
  /// Walks the tape once and uses it up.
  public func gradients() -> Gradients {
    var collected = Gradients()
    walk(deferring: false) { collected.insert($1.value, of: $0) }
    return collected
  }

  /// Walks the tape and hands each parameter's gradient to `consume` as soon as it is complete, keeping none.
  ///
  /// Updating at once in `consume` needs no memory for all gradients together. Uses the tape up.
  public func backward(_ consume: (Parameter, TensorValue) -> Void) {
    walk(deferring: false) { leaf, gradient in
      if case .parameter(let parameter) = leaf { consume(parameter, gradient.value) }
    }
  }

  /// The same, where the gradient of a matrix product's factor may come as a product that is left to whoever takes it:
  /// an optimiser that takes it in parts never has all of a large layer's gradient in memory.
  public func backwardKeepingProducts(_ consume: (Parameter, PendingGradient) -> Void) {
    walk(deferring: true) { leaf, gradient in
      if case .parameter(let parameter) = leaf { consume(parameter, gradient) }
    }
  }

  private func walk(deferring: Bool, _ consume: (Tape.Leaf, PendingGradient) -> Void) {
    guard let node else { stop("gradients", "the variable is a constant: nothing was recorded on the way to it") }
    guard shape.count == 1 else { stop("gradients", "needs a loss of one element, this variable is \(shape)") }
    node.tape.walk(
      from: node.index, gradient: .filled(1, shape: shape, precision: precision), deferring: deferring, consume)
  }
}
