import CKernels

extension Tensor where Scalar: FloatingScalar {
  /// Whether each element is NaN.
  public func isNaN() -> Tensor<Bool> { test(nt_is_nan) }

  /// Whether each element is neither infinite nor NaN.
  public func isFinite() -> Tensor<Bool> { test(nt_is_finite) }

  private func test(_ operation: nt_test_op) -> Tensor<Bool> {
    let result = Tensor<Bool>(uninitialized: shape)
    let from = storage.start
    Cut.run(count) {
      nt_test(operation, Scalar.code, from + $0.lowerBound, result.bytes + $0.lowerBound, $0.count)
    }
    withExtendedLifetime(self) {}
    return result
  }
}
