import Autograd
import TensorCore

/// A layer that changes each element by itself.
public protocol ElementwiseLayer: Layer {}

extension ElementwiseLayer {
  public func outputShape(for input: Shape) throws(InputError) -> Shape? { input }
}

/// y = max(x, 0).
public struct ReLU: ElementwiseLayer {
  public init() {}
  public func forward(_ x: Variable, _ context: Context) -> Variable { x.relu() }
}

/// y = tanh x.
public struct Tanh: ElementwiseLayer {
  public init() {}
  public func forward(_ x: Variable, _ context: Context) -> Variable { x.tanh() }
}

/// y = 1 / (1 + e^-x).
public struct Sigmoid: ElementwiseLayer {
  public init() {}
  public func forward(_ x: Variable, _ context: Context) -> Variable { x.sigmoid() }
}
