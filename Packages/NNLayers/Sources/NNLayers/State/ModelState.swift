import Autograd

/// Values for parameters and buffers: a snapshot of a model, an average of several, the same in Double.
///
/// A ``Context`` that carries a state uses its values in place of the model's own, so that one task may predict with a
/// snapshot while another trains.
public struct ModelState: Sendable {
  private var values: [ObjectIdentifier: StateValue] = [:]

  /// No values.
  public init() {}

  /// The value that takes a parameter's place; nil for its own.
  public subscript(parameter: Parameter) -> TensorValue? {
    get {
      guard case .tensor(let value) = values[ObjectIdentifier(parameter)] else { return nil }
      return value
    }
    set { values[ObjectIdentifier(parameter)] = newValue.map { .tensor($0) } }
  }

  /// The value that takes a buffer's place; nil for its own.
  public subscript(buffer: Buffer) -> StateValue? {
    get { values[ObjectIdentifier(buffer)] }
    set { values[ObjectIdentifier(buffer)] = newValue }
  }
}

extension Layer {
  /// The values of all parameters and buffers as they are now.
  public var state: ModelState {
    var state = ModelState()
    for (_, cell) in namedState {
      switch cell {
      case .parameter(let parameter): state[parameter] = parameter.value
      case .buffer(let buffer): state[buffer] = buffer.value
      }
    }
    return state
  }

  /// Puts a snapshot's values back. What it has no value for stays.
  public func restore(_ state: ModelState) {
    for (_, cell) in namedState {
      switch cell {
      case .parameter(let parameter): if let value = state[parameter] { parameter.value = value }
      case .buffer(let buffer): if let value = state[buffer] { buffer.value = value }
      }
    }
  }
}
