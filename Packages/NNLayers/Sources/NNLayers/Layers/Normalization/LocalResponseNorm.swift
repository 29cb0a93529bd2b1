import Autograd
import TensorCore

/// Local response normalisation: y = x / (k + α/n Σ x²)^β, the sum over the n channels around the own one.
///
/// Shapes: `[N, C, …]`, unchanged. As in PyTorch α is divided by n; the paper's k = 2, n = 5, α = 10⁻⁴, β = 3/4 with a sum
/// that is not divided is `LocalResponseNorm(size: 5, alpha: 5e-4, k: 2)`.
///
/// Krizhevsky, Sutskever and Hinton 2012, "ImageNet classification with deep convolutional neural networks".
///
/// ```swift
/// let block = Sequential(Conv2d(3, 96, kernelSize: 11, stride: 4), ReLU(), LocalResponseNorm(size: 5))
/// ```
public struct LocalResponseNorm: Layer {
  /// The window and its constants.
  public let window: ResponseWindow

  /// A normalisation with the given numbers.
  ///
  /// - Parameters:
  ///   - size: n, the channels in the window.
  ///   - alpha: α. Default 10⁻⁴.
  ///   - beta: β. Default 3/4.
  ///   - k: the constant. Default 1.
  public init(size: Int, alpha: Double = 1e-4, beta: Double = 0.75, k: Double = 1) {
    window = ResponseWindow(size: size, alpha: alpha, beta: beta, k: k)
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable { x.localResponseNorm(window) }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard input.rank >= 2 else { throw InputError("LocalResponseNorm", expected: "[N, C, …]", got: input) }
    return input
  }
}
