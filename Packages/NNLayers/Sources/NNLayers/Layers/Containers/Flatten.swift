import Autograd
import TensorCore

/// Joins all axes but the first: `[N, C, H, W]` becomes `[N, C·H·W]`. Free.
///
/// ```swift
/// let head = Sequential(MaxPool2d(2), Flatten(), Linear(400, 10))
/// ```
public struct Flatten: Layer {
  /// The layer.
  public init() {}

  public func forward(_ x: Variable, _ context: Context) -> Variable { x.flattened(from: 1) }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard input.rank >= 1 else { throw InputError("Flatten", expected: "[N, …]", got: input) }
    return [input[0], input.sizes.dropFirst().reduce(1, *)]
  }
}
