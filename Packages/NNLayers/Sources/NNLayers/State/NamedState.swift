import Autograd
import TensorCore

/// A piece of a network's state.
public enum StateCell: Sendable {
  case parameter(Parameter)
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
    var walk = StateWalk()
    walk.visit(self, at: "")
    for case (let name, .parameter(let parameter)) in walk.found { parameter.describe(path: name) }
    return walk.found
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

  /// Excludes all parameters from training: no gradient is calculated for them.
  public func freeze() {
    for parameter in parameters { parameter.isTrainable = false }
  }

  /// Lets all parameters train again.
  public func unfreeze() {
    for parameter in parameters { parameter.isTrainable = true }
  }
}

/// The search for state through properties, arrays, dictionaries, optionals and structures.
private struct StateWalk {
  var found: [(name: String, cell: StateCell)] = []

  mutating func visit(_ value: Any, at path: String) {
    switch value {
    case let parameter as Parameter: found.append((path, .parameter(parameter)))
    case let buffer as Buffer: found.append((path, .buffer(buffer)))
    case let copy as any SubstitutingLayer: visit(copy, at: path)
    case let layer as any Layer:
      for child in layer.children { visit(child.value, at: Self.join(path, child.name)) }
    default: visitParts(of: value, at: path)
    }
  }

  private mutating func visit(_ copy: any SubstitutingLayer, at path: String) {
    var walk = StateWalk()
    walk.visit(copy.original, at: path)
    found += walk.found.map { ($0.name, copy.substitution.resolve($0.cell)) }
  }

  private mutating func visitParts(of value: Any, at path: String) {
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .optional:
      for child in mirror.children { visit(child.value, at: path) }
    case .collection:
      for (position, child) in mirror.children.enumerated() { visit(child.value, at: Self.join(path, "\(position)")) }
    case .dictionary:
      let entries = mirror.children.compactMap { $0.value as? (key: AnyHashable, value: Any) }
      for entry in entries.sorted(by: { "\($0.key)" < "\($1.key)" }) {
        visit(entry.value, at: Self.join(path, "\(entry.key)"))
      }
    case .struct, .tuple, .enum:
      for child in mirror.children { visit(child.value, at: Self.join(path, child.label ?? "")) }
    default: break
    }
  }

  private static func join(_ path: String, _ name: String) -> String {
    name.isEmpty ? path : path.isEmpty ? name : "\(path).\(name)"
  }
}
