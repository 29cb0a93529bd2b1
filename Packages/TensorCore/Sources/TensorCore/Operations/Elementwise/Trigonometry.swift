import CKernels

/// Sine and cosine of each element, in radians; the C library's.
extension Tensor where Scalar: FloatingScalar {
  /// sin x
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func sin() -> Tensor { map(nt_sin, "sin") }

  /// cos x
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func cos() -> Tensor { map(nt_cos, "cos") }
}
