/// A product with a fixed matrix, with what usually follows it, ready to be carried out many times:
///
///     out = clamp(x B + bias), or clamp(x Bᵀ + bias)
///
/// B is packed once, unless x has few rows: then it is read once, where it lies. The same bits with any number of threads.
public final class PreparedProduct: Sendable {
  private let matrix: Tensor<Float>
  private let isTransposed: Bool
  private let bias: Tensor<Float>?
  private let packed: PackedProduct?
  /// `[…, k]`: what it takes.
  public let inputShape: Shape
  /// `[…, n]`: what it gives.
  public let outputShape: Shape

  /// A product for inputs of one shape.
  ///
  /// - Parameters:
  ///   - matrix: B, `[k, n]`, or `[n, k]` if it is `transposed`.
  ///   - transposed: whether the product is with the transpose.
  ///   - bias: `[n]`; nil for none.
  ///   - inputShape: `[…, k]`.
  ///   - weights: where packed weights are kept. Default: for itself.
  ///
  /// Stops where the shapes do not go together.
  public init(
    _ matrix: Tensor<Float>, transposed: Bool, bias: Tensor<Float>?, inputShape: Shape,
    packing weights: PackedWeights = PackedWeights()
  ) {
    guard matrix.rank == 2, let k = inputShape.last, matrix.shape[transposed ? 1 : 0] == k,
      bias.map({ $0.shape == [matrix.shape[transposed ? 0 : 1]] }) ?? true
    else {
      let form = transposed ? "[n, k]" : "[k, n]", bias = bias.map { "\($0.shape)" } ?? "none"
      stop(
        "prepared matmul",
        "needs inputs […, k], a matrix \(form) and a bias [n], not \(inputShape), \(matrix.shape) and \(bias)")
    }
    (self.matrix, isTransposed, self.bias, self.inputShape) = (matrix, transposed, bias, inputShape)
    outputShape = Shape(inputShape.sizes.dropLast() + [matrix.shape[transposed ? 0 : 1]])
    let packs = outputShape.count > 0 && k > 0 && inputShape.count / k >= PackedProduct.leastRows
    packed = packs ? PackedProduct(matrix, transposed: transposed, packing: weights) : nil
  }

  /// The product of an input, with what follows it.
  ///
  /// - Parameters:
  ///   - x: of ``inputShape``.
  ///   - bounds: what the sum is kept within: 0 and infinity for a ReLU; nil for none. A NaN stays one.
  /// - Returns: of ``outputShape``. Stops for another shape.
  public func callAsFunction(_ x: Tensor<Float>, clampedTo bounds: ClosedRange<Float>? = nil) -> Tensor<Float> {
    guard x.shape == inputShape else { stop("prepared matmul", "takes \(inputShape), not \(x.shape)") }
    guard let packed else {
      var result = x.matmul(matrix, transposingRight: isTransposed)
      if let bias { result += bias }
      return result.kept(within: bounds)
    }
    let result = Tensor<Float>(uninitialized: outputShape)
    let from = x.storage, bias = bias?.storage
    packed.run(
      x.count / inputShape[x.rank - 1], from.start, bias: bias.map { UnsafePointer($0.start) }, bounds: bounds,
      result: result.storage.start)
    withExtendedLifetime((from, bias)) {}
    return result
  }
}
