import Autograd

extension Layer {
  /// All layers that this one is made of, with their names, each before its own parts: property names and positions
  /// joined by dots, as in `layer1.0.conv1`. A layer in two places appears under both names.
  ///
  /// The names are those that ``Context/observe(_:)`` reports.
  public var namedLayers: [(name: String, layer: any Layer)] {
    StructureWalk(self).layers.dropFirst().map { ($0.name, $0.layer) }
  }

  /// The layer of that name; nil if there is none.
  ///
  /// ```swift
  /// network.layer(named: "features.0")?.freeze()
  /// ```
  public func layer(named name: String) -> (any Layer)? {
    namedLayers.first { $0.name == name }?.layer
  }

  /// The name of the layer's type; of a copy, that of its original.
  public var typeName: String { "\(type(of: structure))" }
}
