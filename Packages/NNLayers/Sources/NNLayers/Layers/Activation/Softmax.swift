import Autograd
import TensorCore

/// Shares that add up to 1: y = e^x / Σ e^x along an axis, without overflow.
///
/// For training on labels give the logits to the cross-entropy instead, which is exact where shares are 0 or 1.
///
/// Bridle 1990, "Probabilistic interpretation of feedforward classification network outputs".
///
/// ```swift
/// let shares = try Sequential(network, Softmax()).predict(images)
/// ```
public struct Softmax: Layer {
  /// The axis.
  public let axis: Int
  /// The function along an axis.
  ///
  /// - Parameter axis: default the last; from the end when negative.
  public init(axis: Int = -1) { self.axis = axis }
  public func forward(_ x: Variable, _ context: Context) -> Variable { x.softmax(along: axis) }
  public func outputShape(for input: Shape) throws(InputError) -> Shape? { try input.having(axis, "Softmax") }
}

/// The logarithm of ``Softmax``: y = x - ln Σ e^x along an axis.
///
/// ```swift
/// let block = Sequential(Linear(84, 10), LogSoftmax())
/// ```
public struct LogSoftmax: Layer {
  /// The axis.
  public let axis: Int
  /// The function along an axis.
  ///
  /// - Parameter axis: default the last; from the end when negative.
  public init(axis: Int = -1) { self.axis = axis }
  public func forward(_ x: Variable, _ context: Context) -> Variable { x.logSoftmax(along: axis) }
  public func outputShape(for input: Shape) throws(InputError) -> Shape? { try input.having(axis, "LogSoftmax") }
}

extension Shape {
  /// The shape itself if it has the axis.
  fileprivate func having(_ axis: Int, _ layer: String) throws(InputError) -> Shape {
    guard (-rank..<rank).contains(axis) else {
      throw InputError(layer, expected: "a shape with an axis \(axis)", got: self)
    }
    return self
  }
}
