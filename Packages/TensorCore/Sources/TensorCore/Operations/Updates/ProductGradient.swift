/// A gradient C = A B that is not multiplied out yet, such as that of a fully connected layer's weight: the factors have as
/// many numbers as a batch's activations, the product as many as the weight.
///
/// A rule that changes each element by itself takes it rows by rows, so that the gradient never goes through memory and the
/// update reads and writes only what it must.
public struct ProductGradient<Scalar: FloatingScalar>: Sendable {
  private let left: Tensor<Scalar>
  private let right: Tensor<Scalar>
  private let transposingLeft: Bool
  private let transposingRight: Bool
  /// `[m, n]`.
  public let shape: Shape

  /// The product of two matrices, each as it is or transposed. Stops when it is none.
  public init(
    _ left: Tensor<Scalar>, _ right: Tensor<Scalar>, transposingLeft: Bool = false, transposingRight: Bool = false
  ) {
    guard left.rank == 2, right.rank == 2 else {
      stop("ProductGradient", "both factors must be matrices, they are \(left.shape) and \(right.shape)")
    }
    shape =
      MatmulPlan(
        left.shape, right.shape, transposingLeft: transposingLeft, transposingRight: transposingRight
      ).outputShape
    (self.left, self.right) = (left, right)
    (self.transposingLeft, self.transposingRight) = (transposingLeft, transposingRight)
  }

  /// The whole product.
  public var tensor: Tensor<Scalar> {
    left.matmul(right, transposingLeft: transposingLeft, transposingRight: transposingRight)
  }

  /// Some rows of ``tensor``, `[rows.count, n]`: the same bits as long as they are at least `fewestRows`.
  ///
  /// Stops when there are no such rows.
  public func rows(_ rows: Range<Int>) -> Tensor<Scalar> {
    guard rows.lowerBound >= 0, rows.upperBound <= shape[0] else {
      stop("ProductGradient", "rows \(rows) are not inside \(shape)")
    }
    let result = Tensor<Scalar>(uninitialized: [rows.count, shape[1]])
    let a = MatrixView(left.storage.start, stride: left.shape[1], transposed: transposingLeft)
    let b = MatrixView(right.storage.start, stride: right.shape[1], transposed: transposingRight)
    gemm(
      rows.count, shape[1], left.shape[transposingLeft ? 0 : 1], a.from(row: rows.lowerBound), b,
      into: MutableMatrixView(result.memory.start, rowStride: shape[1]))
    withExtendedLifetime((left, right)) {}
    return result
  }

  /// Runs of rows for ``rows(_:)``, about 4 MiB each, so that one is still in the cache when the update reads it; none of
  /// fewer than `fewestRows` unless there is only one.
  public var runs: [Range<Int>] {
    let rowBytes = max(1, shape[1] * MemoryLayout<Scalar>.stride)
    let step = max(Self.fewestRows, (4 << 20) / rowBytes)
    let count = max(1, shape[0] / step)
    return (0..<count).map { $0 * shape[0] / count..<($0 + 1) * shape[0] / count }
  }

  /// Products of fewer rows are summed in another order.
  static var fewestRows: Int { 64 }
}
