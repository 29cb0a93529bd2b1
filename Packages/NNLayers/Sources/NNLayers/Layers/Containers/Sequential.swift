import Autograd
import TensorCore

/// Layers one after the other: y = fₙ(… f₂(f₁(x))).
///
/// ```swift
/// let classifier = Sequential(Linear(784, 128), ReLU(), Linear(128, 10))
/// let stem = Sequential(named: ["conv1": Conv2d(3, 64, kernelSize: 7, stride: 2, padding: 3), "relu": ReLU()])
/// ```
///
/// Shapes: what the first takes, what the last gives. The layers' names are their positions, `0.weight`, `3.bias`, or
/// those given.
public struct Sequential: Layer {
  private let list: NamedList

  /// A chain of the given layers.
  public init(_ layers: any Layer...) { list = NamedList(layers) }
  /// A chain of the given layers.
  public init(_ layers: [any Layer]) { list = NamedList(layers) }
  /// A chain of layers with names, in the order in which they are written.
  public init(named layers: KeyValuePairs<String, any Layer>) {
    self.init(named: layers.map { ($0.key, $0.value) })
  }
  /// A chain of layers with names. Stops unless the names are different, not empty and free of dots.
  public init(named layers: [(name: String, layer: any Layer)]) {
    list = NamedList("Sequential", named: layers)
  }

  /// The layers in order.
  public var layers: [any Layer] { list.layers }
  /// Their names in order.
  public var names: [String] { list.names }
  /// The layer at a position.
  public subscript(position: Int) -> any Layer { list.layers[position] }
  /// The layer of that name; nil if there is none.
  public subscript(name: String) -> (any Layer)? { list.layer(name) }

  public var children: [Child] { list.children }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    forward(x, through: list.layers.count, context)
  }

  /// The output of the first `count` layers.
  func forward(_ x: Variable, through count: Int, _ context: Context) -> Variable {
    var (value, position) = (x, 0)
    while position < count {
      if position + 1 < count, context.observation == nil, let layer = list.rectifying[position],
        let output = layer.rectified(value, adding: nil, context)
      {
        (value, position) = (output, position + 2)
      } else {
        value = list.layers[position](value, context, as: list.names[position])
        position += 1
      }
    }
    return value
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
