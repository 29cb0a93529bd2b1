import TensorCore

/// The gradients of one walk: a value, asked by parameter or by watched variable.
///
/// Iterating gives the parameters' gradients in the order in which they were complete.
public struct Gradients: Sendable {
  private var order: [(parameter: Parameter, gradient: TensorValue)] = []
  private var positions: [ObjectIdentifier: Int] = [:]
  private var variables: [Int: TensorValue] = [:]

  /// No gradients yet; see ``add(_:)``.
  public init() {}

  /// The gradient of a parameter; nil if it took no part in the calculation.
  public subscript(parameter: Parameter) -> TensorValue? {
    positions[ObjectIdentifier(parameter)].map { order[$0].gradient }
  }

  /// The gradient of a watched variable; nil if it took no part.
  public subscript(variable: Variable) -> TensorValue? {
    variable.node.flatMap { variables[$0.index] }
  }

  /// The number of parameters that have a gradient.
  public var count: Int { order.count }

  mutating func insert(_ gradient: TensorValue, of leaf: Tape.Leaf) {
    switch leaf {
    case .variable(let index): variables[index] = gradient
    case .parameter(let parameter): insert(gradient, for: parameter)
    }
  }

  private mutating func insert(_ gradient: TensorValue, for parameter: Parameter) {
    positions[ObjectIdentifier(parameter)] = order.count
    order.append((parameter, gradient))
  }

  /// Puts a parameter's gradient in its place: one that was saved or calculated by other means.
  ///
  /// Stops when it has not the parameter's shape.
  public mutating func set(_ gradient: TensorValue, for parameter: Parameter) {
    guard gradient.shape == parameter.shape else {
      stop("gradients", "the parameter is \(parameter.shape), the gradient \(gradient.shape)")
    }
    if let position = positions[ObjectIdentifier(parameter)] {
      order[position].gradient = gradient
    } else {
      insert(gradient, for: parameter)
    }
  }

  /// Adds another step's parameter gradients: gradient accumulation, written where it is wanted.
  public mutating func add(_ other: Gradients) {
    for (parameter, gradient) in other {
      if let position = positions[ObjectIdentifier(parameter)] {
        order[position].gradient.accumulate(gradient)
      } else {
        insert(gradient, for: parameter)
      }
    }
  }

  /// Replaces each parameter's gradient by `change` of it: scaling, clipping.
  public mutating func change(_ change: (Parameter, inout TensorValue) -> Void) {
    for position in order.indices {
      let parameter = order[position].parameter
      change(parameter, &order[position].gradient)
    }
  }
}

extension Gradients: Sequence {
  public func makeIterator() -> IndexingIterator<[(parameter: Parameter, gradient: TensorValue)]> {
    order.makeIterator()
  }
}
