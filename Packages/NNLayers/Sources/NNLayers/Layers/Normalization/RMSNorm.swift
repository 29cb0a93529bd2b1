import Autograd
import TensorCore

/// Root-mean-square normalisation: y = γ x / √(mean x² + ε), the mean over the last axes, of each row by itself.
///
/// ``LayerNorm`` without taking the mean out: fewer calculations, much the same training.
///
/// Shapes: input and output `[…, sizes]`; `weight` γ of shape `sizes`.
///
/// Zhang and Sennrich 2019, "Root mean square layer normalization".
///
/// ```swift
/// let block = Sequential(Linear(784, 128), RMSNorm([128]), SiLU())
/// ```
public struct RMSNorm: Layer {
  /// γ, of shape ``sizes``; nil without.
  public let weight: Parameter?
  /// The sizes of the axes that are normalised over.
  public let sizes: Shape
  /// ε; nil for the distance from 1 to the next number of the precision.
  public let epsilon: Double?

  /// A normalisation that starts with γ = 1 and β = 0, as far as it has them.
  ///
  /// - Parameters:
  ///   - sizes: the sizes of the last axes, which are normalised over.
  ///   - epsilon: ε. Default nil: 2⁻²³ in Float, 2⁻⁵² in Double, as in PyTorch.
  ///   - affine: whether γ is there, starting as 1. Default true.
  public init(_ sizes: Shape, epsilon: Double? = nil, affine: Bool = true) {
    guard sizes.rank >= 1, sizes.count >= 1, epsilon ?? 0 >= 0 else {
      stop("RMSNorm", "needs sizes of at least 1 and an epsilon of at least 0, not \(sizes) and \(epsilon ?? 0)")
    }
    weight = affine ? Parameter(Tensor<Float>.ones(sizes)) : nil
    (self.sizes, self.epsilon) = (sizes, epsilon)
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    guard x.shape.ends(in: sizes) else { stop(path, "takes an input that ends in \(sizes), this one is \(x.shape)") }
    let smallest = x.precision == .float ? Double(Float.ulpOfOne) : Double.ulpOfOne
    return x.rmsNorm(over: sizes, weight: weight.map { context[$0] }, epsilon: epsilon ?? smallest)
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard input.ends(in: sizes) else { throw InputError(path, expected: "a shape that ends in \(sizes)", got: input) }
    return input
  }

  private var path: String { weight?.layerPath("RMSNorm") ?? "RMSNorm" }
}
