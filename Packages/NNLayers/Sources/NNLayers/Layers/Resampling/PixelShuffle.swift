import Autograd
import TensorCore

/// Channels laid out as a finer image: `output[n, c, y·r + i, x·r + j] = input[n, c·r² + i·r + j, y, x]`.
///
/// Shapes: input `[N, C·r², H, W]`, output `[N, C, H·r, W·r]`. No parameters.
///
/// ```swift
/// let finer = Sequential(Conv2d(64, 3 * 4, kernelSize: 3, padding: 1), PixelShuffle(2))
/// ```
///
/// Shi and others 2016, "Real-time single image and video super-resolution using an efficient sub-pixel convolutional
/// neural network".
public struct PixelShuffle: Layer {
  /// r.
  public let factor: Int

  /// The rearrangement by a given factor.
  ///
  /// - Parameter factor: r, at least 1.
  public init(_ factor: Int) {
    guard factor >= 1 else { stop("PixelShuffle", "a factor of \(factor) cannot be") }
    self.factor = factor
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable { x.pixelShuffled(by: factor) }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard input.rank == 4, input[1].isMultiple(of: factor * factor) else {
      throw InputError("PixelShuffle", expected: "[N, C·\(factor)², H, W]", got: input)
    }
    return [input[0], input[1] / (factor * factor), input[2] * factor, input[3] * factor]
  }
}

/// Each block of r × r elements laid out as channels: the inverse of ``PixelShuffle``.
///
/// Shapes: input `[N, C, H·r, W·r]`, output `[N, C·r², H, W]`. No parameters.
///
/// ```swift
/// let coarser = PixelUnshuffle(2)
/// ```
public struct PixelUnshuffle: Layer {
  /// r.
  public let factor: Int

  /// The rearrangement by a given factor.
  ///
  /// - Parameter factor: r, at least 1.
  public init(_ factor: Int) {
    guard factor >= 1 else { stop("PixelUnshuffle", "a factor of \(factor) cannot be") }
    self.factor = factor
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable { x.pixelUnshuffled(by: factor) }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard input.rank == 4, input[2].isMultiple(of: factor), input[3].isMultiple(of: factor) else {
      throw InputError("PixelUnshuffle", expected: "[N, C, H·\(factor), W·\(factor)]", got: input)
    }
    return [input[0], input[1] * factor * factor, input[2] / factor, input[3] / factor]
  }
}
