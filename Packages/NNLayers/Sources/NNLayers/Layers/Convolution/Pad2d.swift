import Autograd
import TensorCore

/// Puts zeros, or an image's own elements, around it: padding as a step of its own, for one that several layers share or that
/// pooling needs. Convolutions have it built in (`paddingMode`).
///
/// Shapes: input `[N, C, H, W]`, output `[N, C, top + H + bottom, left + W + right]`. No parameters. Gradients of what stands
/// around go to where it came from.
///
/// ```swift
/// let framed = Pad2d(2, mode: .reflect)
/// let below = Pad2d(.sides(top: 0, bottom: 1, left: 0, right: 0))
/// ```
public struct Pad2d: Layer {
  /// How many elements are added on each side.
  public let padding: PlanePadding
  /// What they are.
  public let mode: PaddingMode

  /// - Parameters:
  ///   - padding: how many elements are added on each side; a number means all four.
  ///   - mode: zeros, or the image mirrored, its edge repeated, or its other end. Default zeros. An image must be large enough
  ///     for it: `PaddingMode.limit`.
  public init(_ padding: PlanePadding, mode: PaddingMode = .zeros) {
    guard case .sides(let top, let bottom, let left, let right) = padding, min(top, bottom, left, right) >= 0 else {
      stop("Pad2d", "needs numbers of at least 0 for the four sides, not \(padding)")
    }
    (self.padding, self.mode) = (padding, mode)
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    guard x.rank == 4 else { stop("Pad2d", "takes [N, C, H, W], the input is \(x.shape)") }
    guard case .sides(let top, let bottom, let left, let right) = padding else { return x }
    return x.padded([(0, 0), (0, 0), (top, bottom), (left, right)], mode: mode)
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard case .sides(let top, let bottom, let left, let right) = padding, input.rank == 4,
      max(top, bottom) <= mode.limit(input[2]), max(left, right) <= mode.limit(input[3])
    else {
      throw InputError("Pad2d", expected: "[N, C, H, W] large enough for \(padding) of \(mode)", got: input)
    }
    return [input[0], input[1], top + input[2] + bottom, left + input[3] + right]
  }
}
