import Autograd
import TensorCore

/// A layer that changes each element by itself: input and output have the same shape, any shape.
public protocol ElementwiseLayer: Layer {}

extension ElementwiseLayer {
  public func outputShape(for input: Shape) throws(InputError) -> Shape? { input }
}

/// The identity: y = x, a place holder where a layer is wanted.
///
/// ```swift
/// let block = Residual(Linear(8, 8), shortcut: Identity())
/// ```
public struct Identity: ElementwiseLayer {
  /// The identity.
  public init() {}
  public func forward(_ x: Variable, _ context: Context) -> Variable { x }
}

/// Any of the functions of `Activation` as a layer, where the choice is a value.
///
/// ```swift
/// let block = Sequential(Linear(8, 4), Activated(.leakyReLU(slope: 0.1)))
/// ```
public struct Activated: ElementwiseLayer {
  /// The function.
  public let activation: Activation
  /// A layer of the given function.
  public init(_ activation: Activation) { self.activation = activation }
  public func forward(_ x: Variable, _ context: Context) -> Variable { x.activated(activation) }
}
