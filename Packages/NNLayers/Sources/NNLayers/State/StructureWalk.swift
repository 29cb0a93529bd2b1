import Autograd

/// The search for state and layers through properties, arrays, dictionaries, optionals and structures.
struct StructureWalk {
  /// The parameters and buffers with their names, in order.
  private(set) var cells: [(name: String, cell: StateCell)] = []
  /// The layers with their names, each before its own: the root first, under no name.
  private(set) var layers: [NamedLayer] = []
  private var depth = 0

  /// A layer in the structure: below `depth` others.
  struct NamedLayer {
    let name: String
    let layer: any Layer
    let depth: Int
  }

  /// The search through a layer and all that it is made of.
  init(_ root: any Layer, at path: String = "") {
    visit(root, at: path)
  }

  private mutating func visit(_ value: Any, at path: String) {
    switch value {
    // First, for tables may be long: each number would be reflected, and even the question whether an array is an object
    // looks at all of them.
    case is [Float], is [Double], is [Int], is [Int64], is [UInt8], is [Bool], is [String]: break
    case let parameter as Parameter: cells.append((path, .parameter(parameter)))
    case let buffer as Buffer: cells.append((path, .buffer(buffer)))
    case let copy as any SubstitutingLayer: visitCopy(copy, at: path)
    case let layer as any Layer: visitLayer(layer, at: path)
    default: visitParts(of: value, at: path)
    }
  }

  private mutating func visitLayer(_ layer: any Layer, at path: String) {
    layers.append(NamedLayer(name: path, layer: layer, depth: depth))
    depth += 1
    for child in layer.children { visit(child.value, at: Self.join(path, child.name)) }
    depth -= 1
  }

  private mutating func visitCopy(_ copy: any SubstitutingLayer, at path: String) {
    let walk = StructureWalk(copy.original, at: path)
    cells += walk.cells.map { ($0.name, copy.substitution.resolve($0.cell)) }
    layers += walk.layers.map { found in
      let part = found.depth == 0 ? copy : found.layer.substituted(by: copy.substitution)
      return NamedLayer(name: found.name, layer: part, depth: found.depth + depth)
    }
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
      for child in mirror.children {
        // Reflection calls the parts of a tuple without labels `.0` and so on.
        let label = child.label ?? ""
        visit(child.value, at: Self.join(path, label.hasPrefix(".") ? String(label.dropFirst()) : label))
      }
    default: break
    }
  }

  /// Two steps of a path as one.
  static func join(_ path: String, _ name: String) -> String {
    name.isEmpty ? path : path.isEmpty ? name : "\(path).\(name)"
  }
}
