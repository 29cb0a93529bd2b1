import Autograd
import TensorCore

/// A piece of a network's state.
public enum StateCell: Sendable {
  /// What optimisers change.
  case parameter(Parameter)
  /// What layers keep count of.
  case buffer(Buffer)

  /// The sizes of the axes.
  public var shape: Shape {
    switch self {
    case .parameter(let parameter): parameter.shape
    case .buffer(let buffer): buffer.shape
    }
  }

  /// The value now.
  public var value: StateValue {
    switch self {
    case .parameter(let parameter): .tensor(parameter.value)
    case .buffer(let buffer): buffer.value
    }
  }

  var identity: ObjectIdentifier {
    switch self {
    case .parameter(let parameter): ObjectIdentifier(parameter)
    case .buffer(let buffer): ObjectIdentifier(buffer)
    }
  }
}

extension Layer {
  /// All parameters and buffers with the names that the structure gives them: property names and positions, joined by
  /// dots, as in `layer1.0.conv1.weight`. A tied parameter appears under each of its names.
  public var namedState: [(name: String, cell: StateCell)] {
    let cells = StructureWalk(self).cells
    for case (let name, .parameter(let parameter)) in cells { parameter.describe(path: name) }
    return cells
  }

  /// The parameters with their names. A tied parameter appears under each of its names.
  public var namedParameters: [(name: String, parameter: Parameter)] {
    namedState.compactMap { name, cell in
      guard case .parameter(let parameter) = cell else { return nil }
      return (name, parameter)
    }
  }

  /// The parameters in the order of the structure, each once.
  public var parameters: [Parameter] {
    var seen: Set<ObjectIdentifier> = []
    return namedParameters.map(\.parameter).filter { seen.insert(ObjectIdentifier($0)).inserted }
  }

  /// The number of elements of all parameters.
  public var parameterCount: Int { parameters.reduce(0) { $0 + $1.shape.count } }
}
