import CKernels

/// Each element as a whole number.
extension Tensor where Scalar: FloatingScalar {
  /// The next whole number below, or x itself.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func floor() -> Tensor { map(nt_floor, "floor") }

  /// The next whole number above, or x itself.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func ceil() -> Tensor { map(nt_ceil, "ceil") }

  /// The nearest whole number; halves go to the even one, as in PyTorch and IEEE 754: 0.5, 1.5, 2.5 → 0, 2, 2.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func round() -> Tensor { map(nt_round, "round") }
}
