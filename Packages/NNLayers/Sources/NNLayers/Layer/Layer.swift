import Autograd
import TensorCore

/// A part of a network: a value that maps a variable to a variable.
///
/// A layer of one's own lists its parameters and sublayers as properties and says what it calculates; names, state,
/// saving, freezing and copying follow from the structure.
///
/// ```swift
/// struct Dense: Layer {
///   let weight: Parameter
///   let bias: Parameter
///
///   func forward(_ x: Variable, _ context: Context) -> Variable {
///     x.matmul(context[weight], transposingRight: true) + context[bias]
///   }
/// }
///
/// let y = dense(x, context)
/// ```
///
/// A layer is called like a function, which calls ``forward(_:_:)`` and lets the context's observers see the output. The
/// context says whether this is training or inference; a layer cannot be called without it.
public protocol Layer: Sendable {
  /// What the layer calculates. Layers are not called so but like functions: `layer(x, context)`.
  func forward(_ x: Variable, _ context: Context) -> Variable

  /// The parameters, buffers and sublayers with their names, in order.
  ///
  /// Default: the stored properties under their own names, found by reflection.
  var children: [Child] { get }

  /// The shape of the output for an input of the given shape; nil where that is not known before the calculation.
  ///
  /// Default: nil. Layers that know their input's rank, channels or size check them here, so that ``predict(_:)`` throws
  /// instead of stopping.
  ///
  /// - Throws: ``InputError`` when the layer cannot take such an input.
  func outputShape(for input: Shape) throws(InputError) -> Shape?

  /// A state dictionary as this layer takes it; asked of the layer that is loaded, not of its parts.
  ///
  /// Default: unchanged. For networks whose published files hold more or less than the network does.
  func reconciled(_ dictionary: StateDictionary) -> StateDictionary
}

/// A named part of a layer: a `Parameter`, a `Buffer`, a ``Layer``, or a collection or structure of them.
/// Other things are passed over.
public struct Child {
  /// The component that the part adds to the names of its state; empty for none.
  public let name: String
  /// The part itself.
  public let value: Any

  /// A part under a name.
  public init(_ name: String, _ value: Any) {
    self.name = name
    self.value = value
  }
}

extension Layer {
  public var children: [Child] { Mirror(reflecting: self).children.map { Child($0.label ?? "", $0.value) } }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? { nil }

  public func reconciled(_ dictionary: StateDictionary) -> StateDictionary { dictionary }

  /// The layer's output, which the context's observers see; see ``Context/observe(_:)``.
  public func callAsFunction(_ x: Variable, _ context: Context) -> Variable {
    guard let observation = context.observation else { return forward(x, context) }
    return observation.call(self, named: nil, x) { forward(x, context) }
  }

  /// The layer's output, shown to the context's observers under a name of the caller's choice.
  ///
  /// For containers, which know what they call their layers. It says the name of one step: `conv1`, not `layer1.conv1`.
  public func callAsFunction(_ x: Variable, _ context: Context, as name: String) -> Variable {
    guard let observation = context.observation else { return self(x, context) }
    return observation.call(self, named: name, x) { forward(x, context) }
  }

  /// The layer's output for images or features in single precision, converted to the context's precision.
  public func callAsFunction(_ x: Tensor<Float>, _ context: Context) -> Variable {
    self(Variable(TensorValue.float(x).converted(to: context.precision)), context)
  }

  /// The layer's output in inference: batch statistics are not touched and nothing is recorded.
  ///
  /// - Throws: ``InputError`` when the layer knows that it cannot take such an input.
  public func predict(_ x: Tensor<Float>) throws(InputError) -> Tensor<Float> {
    _ = try outputShape(for: x.shape)
    return self(x, .inference).floats
  }
}

/// An input that a network cannot take.
public struct InputError: Error, Sendable, Equatable, CustomStringConvertible {
  public let description: String

  /// What a layer takes, and what it was given.
  ///
  /// - Parameters:
  ///   - layer: what was called, such as `LeNet5`.
  ///   - expected: what it takes, such as `[N, 1, 32, 32]`.
  ///   - shape: what came.
  public init(_ layer: String, expected: String, got shape: Shape) {
    // In a chain, layers are called by their numbers.
    let name = layer.first?.isNumber == true ? "layer \(layer)" : layer
    description = "\(name) takes an input of \(expected), this one is \(shape)"
  }
}
