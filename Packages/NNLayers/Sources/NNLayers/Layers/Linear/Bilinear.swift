import Autograd
import TensorCore

/// A bilinear layer: y[k] = uᵀ W[k] v + b[k], of two inputs u and v.
///
/// Tenenbaum and Freeman 2000, "Separating style and content with bilinear models".
///
/// ```swift
/// let compare = Bilinear(128, 128, 10)
/// let scores = compare(left, right, context)
/// ```
///
/// Shapes: inputs `[…, in₁]` and `[…, in₂]`, output `[…, out]`; `weight` `[out, in₁, in₂]`, `bias` `[out]`, as in PyTorch.
/// As a part of ``Sequential``, say after ``Parallel``, it takes both side by side, `[…, in₁ + in₂]`.
public struct Bilinear: WeightedLayer {
  /// `[out, in₁, in₂]`.
  public let weight: Parameter
  /// `[out]`; nil for none.
  public let bias: Parameter?

  /// A layer from two lists of features to one.
  ///
  /// - Parameters:
  ///   - leftCount: in₁, the features of the first input.
  ///   - rightCount: in₂, the features of the second.
  ///   - outputCount: the features that go out.
  ///   - bias: whether a trainable b is added. Default true.
  ///   - initializer: the weight's first value. Default uniform within ±1/√in₁, as in PyTorch; the bias is always drawn
  ///     so.
  public init(
    _ leftCount: Int, _ rightCount: Int, _ outputCount: Int, bias: Bool = true, initializer: Initializer? = nil
  ) {
    guard leftCount >= 1, rightCount >= 1, outputCount >= 1 else {
      stop("Bilinear", "needs at least one feature everywhere, not \(leftCount), \(rightCount) and \(outputCount)")
    }
    let uniform = Initializer.uniform(bound: Initializer.fanInBound(leftCount))
    weight = Parameter((initializer ?? uniform)([outputCount, leftCount, rightCount]))
    self.bias = bias ? Parameter(uniform([outputCount])) : nil
  }

  private var sizes: (out: Int, left: Int, right: Int) { (weight.shape[0], weight.shape[1], weight.shape[2]) }

  /// The output for two inputs `[…, in₁]` and `[…, in₂]` of otherwise equal shapes.
  public func callAsFunction(_ left: Variable, _ right: Variable, _ context: Context) -> Variable {
    guard left.rank >= 1, left.rank == right.rank, left.shape.last == sizes.left, right.shape.last == sizes.right,
      left.shape.sizes.dropLast() == right.shape.sizes.dropLast()
    else {
      stop(
        weight.layerPath("Bilinear"),
        "weight \(weight.shape) needs […, \(sizes.left)] and […, \(sizes.right)], not \(left.shape) and \(right.shape)")
    }
    return self(.concatenated([left, right], along: -1), context)
  }

  public func forward(_ x: Variable, _ context: Context) -> Variable {
    let (out, left, right) = sizes
    guard x.rank >= 1, x.shape.last == left + right else {
      stop(
        weight.layerPath("Bilinear"),
        "weight \(weight.shape) needs \(left) + \(right) features, the input is \(x.shape)")
    }
    let count = x.shape.sizes.dropLast().reduce(1, *)
    let parts = x.split(sizes: [left, right], along: -1)
    // W v for all k and rows of W at once, then its product with u.
    let rows = parts[1].reshaped([count, right])
      .matmul(context[weight].reshaped([out * left, right]), transposingRight: true)
    let product = rows.reshaped([count, out, left]).matmul(parts[0].reshaped([count, left, 1]))
    let output = product.reshaped(Shape(x.shape.sizes.dropLast() + [out]))
    return bias.map { output + context[$0] } ?? output
  }

  public func outputShape(for input: Shape) throws(InputError) -> Shape? {
    guard input.last == sizes.left + sizes.right else {
      throw InputError(weight.layerPath("Bilinear"), expected: "[…, \(sizes.left) + \(sizes.right)]", got: input)
    }
    return Shape(input.sizes.dropLast() + [sizes.out])
  }
}
