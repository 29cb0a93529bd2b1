import Autograd
import TensorCore

/// The rectifier with a trainable slope: y = x where x > 0, else w x, with one w for all or one for each channel.
///
/// Shapes: input and output `[N, C, …]`, any shape for a single slope; `weight` `[1]` or `[C]`.
///
/// He, Zhang, Ren and Sun 2015, "Delving deep into rectifiers: surpassing human-level performance on ImageNet classification".
///
/// ```swift
/// let block = Sequential(Conv2d(3, 16, kernelSize: 3), PReLU(16))
/// ```
public struct PReLU: Layer {
  /// `[1]` or `[C]`.
  public let weight: Parameter
  /// The rectifier with slopes that start at a given number.
  ///
  /// - Parameters:
  ///   - count: 1, or the number of channels. Default 1.
  ///   - initialSlope: the weights' first value. Default 0.25.
  public init(_ count: Int = 1, initialSlope: Float = 0.25) {
    guard count >= 1 else { stop("PReLU", "needs at least one weight, not \(count)") }
    weight = Parameter(Tensor(repeating: initialSlope, shape: [count]))
  }
  public func forward(_ x: Variable, _ context: Context) -> Variable { x.prelu(context[weight]) }
  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard weight.shape[0] == 1 || (input.rank >= 2 && input[1] == weight.shape[0]) else {
      throw InputError(weight.layerPath("PReLU"), expected: "[N, \(weight.shape[0]), …]", got: input)
    }
    return input
  }
}
