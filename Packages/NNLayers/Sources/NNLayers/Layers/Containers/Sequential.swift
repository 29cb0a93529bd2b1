import Autograd
import TensorCore

/// Layers one after the other. Their names are their positions: `0.weight`, `3.bias`.
public struct Sequential: Layer {
  /// The layers in order.
  public let layers: [any Layer]

  /// A chain of the given layers.
  public init(_ layers: any Layer...) { self.layers = layers }
  /// A chain of the given layers.
  public init(_ layers: [any Layer]) { self.layers = layers }

  public var children: [Child] { layers.enumerated().map { Child("\($0)", $1) } }

  public func callAsFunction(_ x: Variable, _ context: Context) -> Variable {
    layers.reduce(x) { $1($0, context) }
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    var shape = input
    for layer in layers {
      guard let next = try layer.outputShape(for: shape) else { return nil }
      shape = next
    }
    return shape
  }
}
