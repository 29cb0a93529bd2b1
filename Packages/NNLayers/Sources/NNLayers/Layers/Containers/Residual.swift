import Autograd
import TensorCore

/// A block with a shortcut around it: y = a(f(x) + s(x)), with the identity for s and a unless given.
///
/// ```swift
/// let block = Residual(
///   Sequential(Conv2d(16, 32, kernelSize: 3, stride: 2, padding: 1), ReLU(), Conv2d(32, 32, kernelSize: 3, padding: 1)),
///   shortcut: Conv2d(16, 32, kernelSize: 1, stride: 2), activation: ReLU())
/// ```
///
/// Shapes: `body` and `shortcut` must make the same of the input; nothing is broadcast. The names are `body`, `shortcut`
/// and `activation`.
///
/// He, Zhang, Ren and Sun 2016, "Deep residual learning for image recognition".
public struct Residual: Layer {
  /// f: what is learnt on top of the shortcut.
  public let body: any Layer
  /// s: the way around; nil for the identity.
  public let shortcut: (any Layer)?
  /// a: applied to the sum; nil for none.
  public let activation: (any Layer)?

  /// A block of a body, a shortcut (default: the identity) and an activation of the sum (default: none).
  public init(_ body: any Layer, shortcut: (any Layer)? = nil, activation: (any Layer)? = nil) {
    self.body = body
    self.shortcut = shortcut
    self.activation = activation
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    let change = body(x, context, as: "body")
    let kept = shortcut?(x, context, as: "shortcut") ?? x
    guard change.shape == kept.shape else {
      stop("Residual", "its body makes \(change.shape) of \(x.shape), its shortcut \(kept.shape)")
    }
    let sum = change + kept
    return activation?(sum, context, as: "activation") ?? sum
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard let change = try body.outputShape(for: input) else { return nil }
    guard let kept = shortcut == nil ? input : try shortcut?.outputShape(for: input) else { return nil }
    guard change == kept else {
      throw InputError("Residual", expected: "a shape that body and shortcut agree on", got: input)
    }
    guard let activation else { return change }
    return try activation.outputShape(for: change)
  }
}
