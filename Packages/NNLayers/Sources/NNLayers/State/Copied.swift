import Autograd
import TensorCore

/// Parameters and buffers that stand in for others.
struct Substitution: Sendable {
  var parameters: [ObjectIdentifier: Parameter] = [:]
  var buffers: [ObjectIdentifier: Buffer] = [:]

  func resolve(_ cell: StateCell) -> StateCell {
    switch cell {
    case .parameter(let parameter): .parameter(parameters[ObjectIdentifier(parameter)] ?? parameter)
    case .buffer(let buffer): .buffer(buffers[ObjectIdentifier(buffer)] ?? buffer)
    }
  }
}

protocol SubstitutingLayer: Layer {
  associatedtype Original: Layer
  var original: Original { get }
  var substitution: Substitution { get }
}

/// An independent copy of a layer: the same structure and names, parameters and buffers of its own.
///
/// Training or loading the copy does not touch the original. Made by ``Layer/copied()``.
@dynamicMemberLookup
public struct Copied<Original: Layer>: Layer, SubstitutingLayer {
  let original: Original
  let substitution: Substitution

  init(_ original: Original) {
    self.original = original
    var substitution = Substitution()
    for (_, cell) in original.namedState {
      switch cell {
      case .parameter(let parameter):
        let key = ObjectIdentifier(parameter)
        substitution.parameters[key] = substitution.parameters[key] ?? parameter.duplicate
      case .buffer(let buffer):
        let key = ObjectIdentifier(buffer)
        substitution.buffers[key] = substitution.buffers[key] ?? Buffer(buffer.value)
      }
    }
    self.substitution = substitution
  }

  /// The part of a copy that is the copy of `original`.
  init(part original: Original, of substitution: Substitution) {
    self.original = original
    self.substitution = substitution
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    context.substituting(substitution) { original.forward(x, context) }
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? { try original.outputShape(for: input) }

  public func reconciled(_ dictionary: StateDictionary) -> StateDictionary { original.reconciled(dictionary) }

  /// The original's properties, such as its number of classes. A parameter, a buffer or a layer is the copy's own.
  public subscript<Value>(dynamicMember keyPath: KeyPath<Original, Value>) -> Value { own(original[keyPath: keyPath]) }

  /// The copy's own of a layer that is a property of the original.
  public subscript<Part: Layer>(dynamicMember keyPath: KeyPath<Original, Part>) -> Copied<Part> {
    Copied<Part>(part: original[keyPath: keyPath], of: substitution)
  }

  /// The copy's own of a layer that the original may have.
  public subscript<Part: Layer>(dynamicMember keyPath: KeyPath<Original, Part?>) -> Copied<Part>? {
    original[keyPath: keyPath].map { Copied<Part>(part: $0, of: substitution) }
  }

  /// The copy's own of layers that are a property of the original.
  public subscript<Part: Layer>(dynamicMember keyPath: KeyPath<Original, [Part]>) -> [Copied<Part>] {
    original[keyPath: keyPath].map { Copied<Part>(part: $0, of: substitution) }
  }

  private func own<Value>(_ value: Value) -> Value {
    let own: Any? =
      switch value {
      case let parameter as Parameter: substitution.parameters[ObjectIdentifier(parameter)]
      case let buffer as Buffer: substitution.buffers[ObjectIdentifier(buffer)]
      case let layer as any Layer: layer.substituted(by: substitution)
      case let layers as [any Layer]: layers.map { $0.substituted(by: substitution) }
      default: nil
      }
    guard let own, let own = own as? Value else { return value }
    return own
  }
}

extension Layer {
  /// The layer that says what is calculated: for a copy its original.
  var structure: any Layer {
    guard let copy = self as? any SubstitutingLayer else { return self }
    return copy.original.structure
  }

  /// This layer as part of a copy.
  func substituted(by substitution: Substitution) -> any Layer { Copied(part: self, of: substitution) }
}

extension Parameter {
  fileprivate var duplicate: Parameter {
    let copy = Parameter(value)
    copy.isTrainable = isTrainable
    return copy
  }
}

extension Layer {
  /// An independent copy: the same structure, names and values; parameters and buffers of its own.
  ///
  /// Tied parameters stay tied in the copy, frozen ones frozen. Values share memory until one of the two changes.
  public func copied() -> Copied<Self> { Copied(self) }
}
