/// The matrix product over raw memory: `C = A B`, or `C += A B` if `accumulating`; A is m × k, B is k × n, C is m × n.
///
/// Any strides are served: transposed operands and parts of larger matrices. `output` must not overlap the operands.
/// Spread over the threads; the same bits for any number of them. Called from within a block of ``ThreadPool`` it works
/// alone.
package func gemm<Scalar: FloatingScalar>(
  _ m: Int, _ n: Int, _ k: Int, _ left: MatrixView<Scalar>, _ right: MatrixView<Scalar>,
  into output: MutableMatrixView<Scalar>, accumulating: Bool = false
) {
  if Scalar.self == Float.self {
    multiply(
      m, n, k, unsafeBitCast(left, to: MatrixView<Float>.self), unsafeBitCast(right, to: MatrixView<Float>.self),
      unsafeBitCast(output, to: MutableMatrixView<Float>.self), accumulating)
  } else {
    multiply(
      m, n, k, unsafeBitCast(left, to: MatrixView<Double>.self), unsafeBitCast(right, to: MatrixView<Double>.self),
      unsafeBitCast(output, to: MutableMatrixView<Double>.self), accumulating)
  }
}

/// Chooses the way of a product by its size and strides.
private func multiply<Scalar: ProductKernels>(
  _ m: Int, _ n: Int, _ k: Int, _ left: MatrixView<Scalar>, _ right: MatrixView<Scalar>,
  _ output: MutableMatrixView<Scalar>, _ accumulating: Bool
) {
  if n == 1, m > 1, output.rowStride == 1 {
    // A column as a row: Cᵀ = Bᵀ Aᵀ runs along memory.
    multiply(1, m, k, right.transposed, left.transposed, MutableMatrixView(output.start, rowStride: m), accumulating)
  } else if let product = LowProduct(m, n, k, left, right, output) {
    AlgorithmLog.note("low product")
    product.run(accumulating: accumulating)
  } else if let product = LongProduct(m, n, k, left, right, output) {
    AlgorithmLog.note("long product")
    product.run(accumulating: accumulating)
  } else {
    AlgorithmLog.note("blocked product")
    BlockedProduct(m, n, k, left, right, output).run(accumulating: accumulating)
  }
}
