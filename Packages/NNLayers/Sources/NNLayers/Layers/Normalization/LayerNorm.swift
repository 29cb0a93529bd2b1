import Autograd
import TensorCore

/// Layer normalisation: y = γ (x - μ) / √(σ² + ε) + β with μ and σ² over the last axes, of each row by itself.
///
/// The same in training and inference, and whatever the batch holds.
///
/// Shapes: input and output `[…, sizes]`; `weight` γ and `bias` β of shape `sizes`: a factor for each place in the row.
///
/// Ba, Kiros and Hinton 2016, "Layer normalization".
///
/// ```swift
/// let block = Sequential(Linear(784, 128), LayerNorm([128]), ReLU())
/// ```
public struct LayerNorm: Layer {
  /// γ, of shape ``sizes``; nil without.
  public let weight: Parameter?
  /// β, of shape ``sizes``; nil without.
  public let bias: Parameter?
  /// The sizes of the axes that are normalised over.
  public let sizes: Shape
  /// ε.
  public let epsilon: Double

  /// A normalisation that starts with γ = 1 and β = 0, as far as it has them.
  ///
  /// - Parameters:
  ///   - sizes: the sizes of the last axes, which are normalised over.
  ///   - epsilon: ε. Default 10⁻⁵.
  ///   - affine: whether γ is there, starting as 1. Default true.
  ///   - bias: whether β is there too, starting as 0. Default true.
  public init(_ sizes: Shape, epsilon: Double = 1e-5, affine: Bool = true, bias: Bool = true) {
    guard sizes.rank >= 1, sizes.count >= 1, epsilon >= 0 else {
      stop("LayerNorm", "needs sizes of at least 1 and an epsilon of at least 0, not \(sizes) and \(epsilon)")
    }
    weight = affine ? Parameter(Tensor<Float>.ones(sizes)) : nil
    self.bias = affine && bias ? Parameter(Tensor<Float>.zeros(sizes)) : nil
    (self.sizes, self.epsilon) = (sizes, epsilon)
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    guard x.shape.ends(in: sizes) else { stop(path, "takes an input that ends in \(sizes), this one is \(x.shape)") }
    return x.layerNorm(
      over: sizes, weight: weight.map { context[$0] }, bias: bias.map { context[$0] }, epsilon: epsilon)
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard input.ends(in: sizes) else { throw InputError(path, expected: "a shape that ends in \(sizes)", got: input) }
    return input
  }

  private var path: String { weight?.layerPath("LayerNorm") ?? "LayerNorm" }
}

extension Shape {
  /// Whether the last axes have these sizes.
  func ends(in sizes: Shape) -> Bool { self.sizes.suffix(sizes.rank) == sizes.sizes[...] }
}
