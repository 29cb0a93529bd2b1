/// An operation of a chain that is carried out without passing over memory between one and the next.
public enum ChainLink: Sendable {
  /// A convolution; weight `[K, C/groups, R, S]`, bias `[K]`.
  case convolution(weight: Tensor<Float>, bias: Tensor<Float>?, geometry: ConvolutionGeometry)
  /// The hyperbolic tangent.
  case tanh
  /// The logistic sigmoid.
  case sigmoid
  /// Each element or the nearer bound.
  case bounds(ClosedRange<Float>)
  /// The largest element of each window.
  case maxPool(PoolingGeometry)
  /// The mean of each window.
  case averagePool(PoolingGeometry, countingPadding: Bool)
  /// Images as rows, `[N, C, H, W]` as `[N, C·H·W]`.
  case flatten
  /// Rows times a matrix `[k, n]`, or `[n, k]` if it is `transposed`, plus a bias `[n]`.
  case product(matrix: Tensor<Float>, transposed: Bool, bias: Tensor<Float>?)
}
