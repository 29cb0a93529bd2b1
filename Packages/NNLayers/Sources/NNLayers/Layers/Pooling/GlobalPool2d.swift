import Autograd
import TensorCore

/// The mean of each plane: the head that took the place of fully connected layers.
///
/// Shapes: input `[N, C, H, W]`, output `[N, C]`, or `[N, C, 1, 1]` if `keepsAxes`. No parameters.
///
/// ```swift
/// let head = Sequential(GlobalAveragePool2d(), Linear(512, 10))
/// ```
///
/// Lin, Chen and Yan 2013, "Network in network".
public struct GlobalAveragePool2d: Layer {
  /// Whether the output is `[N, C, 1, 1]`.
  public let keepsAxes: Bool

  /// A pooling of whole planes.
  ///
  /// - Parameter keepsAxes: whether the plane's axes stay, with size 1. Default false.
  public init(keepsAxes: Bool = false) { self.keepsAxes = keepsAxes }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    x.adaptiveAveragePool2d(to: 1).withoutPlane(keepsAxes)
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    try input.adapted("GlobalAveragePool2d", to: 1).withoutPlane(keepsAxes)
  }
}

/// The largest element of each plane. The gradient goes to that element, the first of equals.
///
/// Oquab, Bottou, Laptev and Sivic 2015, "Is object localization for free?".
///
/// Shapes: input `[N, C, H, W]`, output `[N, C]`, or `[N, C, 1, 1]` if `keepsAxes`. No parameters.
///
/// ```swift
/// let strongest = GlobalMaxPool2d()
/// ```
public struct GlobalMaxPool2d: Layer {
  /// Whether the output is `[N, C, 1, 1]`.
  public let keepsAxes: Bool

  /// A pooling of whole planes.
  ///
  /// - Parameter keepsAxes: whether the plane's axes stay, with size 1. Default false.
  public init(keepsAxes: Bool = false) { self.keepsAxes = keepsAxes }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    x.adaptiveMaxPool2d(to: 1).withoutPlane(keepsAxes)
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    try input.adapted("GlobalMaxPool2d", to: 1).withoutPlane(keepsAxes)
  }
}

extension Variable {
  fileprivate func withoutPlane(_ keepsAxes: Bool) -> Variable { reshaped(shape.withoutPlane(keepsAxes)) }
}

extension Shape {
  fileprivate func withoutPlane(_ keepsAxes: Bool) -> Shape { keepsAxes ? self : [self[0], self[1]] }
}
