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
      if context.observation == nil, let (output, length) = fused(position, of: count, value, context) {
        (value, position) = (output, position + length)
      } else {
        value = list.layers[position](value, context, as: list.names[position])
        position += 1
      }
    }
    return value
  }

  /// The output of the layers from `position` on that are calculated together, and how many these are; nil for none.
  private func fused(
    _ position: Int, of count: Int, _ x: Variable, _ context: Context
  ) -> (output: Variable, length: Int)? {
    guard position + 1 < count else { return nil }
    // The function of a maximum is the maximum of the function's values, and of a quarter of the elements or fewer.
    if context.isTraining, list.growsBeforeMaxima[position] {
      return (list.layers[position](list.layers[position + 1](x, context), context), 2)
    }
    guard let layer = list.rectifying[position] else { return nil }
    // The positive part of a maximum is the maximum of the positive parts. In this order a convolution's output, which only
    // the choice of the maximum needs, is not kept for the gradient. The gradients are the same: where the maximum is not
    // positive there are none, whichever element was chosen.
    if context.isTraining, layer is Conv2d, position + 2 < count, let pool = list.layers[position + 2] as? MaxPool2d {
      return (pool(layer(x, context), context).relu(), 3)
    }
    return layer.rectified(x, adding: nil, context).map { ($0, 2) }
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
