import TensorCore

/// The layers of a container and what it calls them.
struct NamedList: Sendable {
  let names: [String]
  let layers: [any Layer]
  /// The layers that can be followed by ``ReLU`` in one pass and are; nil for the others.
  let rectifying: [(any RectifyingLayer)?]
  /// Whether a layer is a function of each element that grows with it, and the next one takes the largest of a window.
  let growsBeforeMaxima: [Bool]

  /// Layers that are called by their positions.
  init(_ layers: [any Layer]) {
    names = layers.indices.map { "\($0)" }
    self.layers = layers
    rectifying = Self.rectifying(layers)
    growsBeforeMaxima = Self.growsBeforeMaxima(layers)
  }

  /// Layers with names; stops unless these are different, not empty and free of dots.
  init(_ container: String, named layers: [(name: String, layer: any Layer)]) {
    names = layers.map(\.name)
    self.layers = layers.map(\.layer)
    rectifying = Self.rectifying(self.layers)
    growsBeforeMaxima = Self.growsBeforeMaxima(self.layers)
    guard names.allSatisfy({ !$0.isEmpty && !$0.contains(".") }), Set(names).count == names.count else {
      stop(container, "needs different names without dots, not \(names)")
    }
  }

  var children: [Child] { zip(names, layers).map { Child($0, $1) } }

  private static func rectifying(_ layers: [any Layer]) -> [(any RectifyingLayer)?] {
    layers.indices.map { position in
      position + 1 < layers.count && layers[position + 1] is ReLU ? layers[position] as? any RectifyingLayer : nil
    }
  }

  private static func growsBeforeMaxima(_ layers: [any Layer]) -> [Bool] {
    layers.indices.map { position in
      let grows = layers[position] is Tanh || layers[position] is Sigmoid || layers[position] is ScaledTanh
      return grows && position + 1 < layers.count && layers[position + 1] is MaxPool2d
    }
  }

  /// The layer of that name.
  func layer(_ name: String) -> (any Layer)? { names.firstIndex(of: name).map { layers[$0] } }
}
