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
    BlockedProduct<Float>(
      m, n, k, unsafeBitCast(left, to: MatrixView<Float>.self), unsafeBitCast(right, to: MatrixView<Float>.self),
      unsafeBitCast(output, to: MutableMatrixView<Float>.self)
    ).run(accumulating: accumulating)
  } else {
    BlockedProduct<Double>(
      m, n, k, unsafeBitCast(left, to: MatrixView<Double>.self), unsafeBitCast(right, to: MatrixView<Double>.self),
      unsafeBitCast(output, to: MutableMatrixView<Double>.self)
    ).run(accumulating: accumulating)
  }
}
