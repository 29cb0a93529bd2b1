/// A product with a fixed matrix, with what usually follows it, ready to be carried out many times:
///
///     out = clamp(x B + bias), or clamp(x Bᵀ + bias)
///
/// The same bits with any number of threads.
public struct PreparedProduct: Sendable {
  private let matrix: Tensor<Float>
  private let isTransposed: Bool
  private let bias: Tensor<Float>?

  /// - Parameters:
  ///   - matrix: B, `[k, n]`, or `[n, k]` if it is `transposed`.
  ///   - transposed: whether the product is with the transpose.
  ///   - bias: `[n]`; nil for none.
  ///   - weights: where packed weights are kept. Default: for itself.
  ///
  /// Stops where the shapes do not go together.
  public init(
    _ matrix: Tensor<Float>, transposed: Bool, bias: Tensor<Float>?, packing weights: PackedWeights = PackedWeights()
  ) {
    guard matrix.rank == 2, bias.map({ $0.shape == [matrix.shape[transposed ? 0 : 1]] }) ?? true else {
      let bias = bias.map { "\($0.shape)" } ?? "none"
      stop("prepared matmul", "needs a matrix, [n, k] if transposed, and a bias [n], not \(matrix.shape) and \(bias)")
    }
    (self.matrix, isTransposed, self.bias) = (matrix, transposed, bias)
  }

  /// - Parameters:
  ///   - x: `[…, k]`.
  ///   - bounds: what the sum is kept within: 0 and infinity for a ReLU; nil for none. A NaN stays one.
  /// - Returns: `[…, n]`. Stops for another k.
  public func callAsFunction(_ x: Tensor<Float>, clampedTo bounds: ClosedRange<Float>? = nil) -> Tensor<Float> {
    var result = x.matmul(matrix, transposingRight: isTransposed)
    if let bias { result += bias }
    return result.kept(within: bounds)
  }
}
