import Autograd
import TensorCore

/// The mean of each of as many windows as are wanted, whatever the image's size.
///
/// Window i of O along an axis of N elements covers floor(i·N/O) up to, not including, ceil((i + 1)·N/O), as in PyTorch.
/// Shapes: input `[N, C, H, W]`, output `[N, C, OH, OW]`, larger than the input if so wanted. No parameters.
///
/// ```swift
/// let head = Sequential(AdaptiveAveragePool2d(6), Flatten(), Linear(256 * 36, 10))
/// ```
///
/// He, Zhang, Ren and Sun 2014, "Spatial pyramid pooling in deep convolutional networks for visual recognition".
public struct AdaptiveAveragePool2d: Layer {
  /// The output's height and width.
  public let size: PlaneSize

  /// A pooling to a given size.
  ///
  /// - Parameter size: the output's height and width.
  public init(_ size: PlaneSize) {
    guard size.height >= 1, size.width >= 1 else { stop("AdaptiveAveragePool2d", "an output of \(size) cannot be") }
    self.size = size
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable { x.adaptiveAveragePool2d(to: size) }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    try input.adapted("AdaptiveAveragePool2d", to: size)
  }
}

/// The largest element of each of as many windows as are wanted: those of ``AdaptiveAveragePool2d``.
///
/// Shapes: input `[N, C, H, W]`, output `[N, C, OH, OW]`. No parameters. The gradient goes to the largest element, the
/// first of equals.
///
/// ```swift
/// let brightest = AdaptiveMaxPool2d(1)
/// ```
public struct AdaptiveMaxPool2d: Layer {
  /// The output's height and width.
  public let size: PlaneSize

  /// A pooling to a given size.
  ///
  /// - Parameter size: the output's height and width.
  public init(_ size: PlaneSize) {
    guard size.height >= 1, size.width >= 1 else { stop("AdaptiveMaxPool2d", "an output of \(size) cannot be") }
    self.size = size
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable { x.adaptiveMaxPool2d(to: size) }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    try input.adapted("AdaptiveMaxPool2d", to: size)
  }
}

extension Shape {
  func adapted(_ layer: String, to size: PlaneSize) throws(InputError) -> Shape {
    guard let shape = try? adaptivelyPooled(to: size) else {
      throw InputError(layer, expected: "[N, C, H, W] with H and W at least 1", got: self)
    }
    return shape
  }
}
