import CKernels

/// Powers and roots of each element.
extension Tensor where Scalar: FloatingScalar {
  /// √x; NaN for negative numbers.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func sqrt() -> Tensor { map(nt_sqrt, "sqrt") }

  /// 1 / √x
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func reciprocalSquareRoot() -> Tensor { map(nt_reciprocal_sqrt, "reciprocalSquareRoot") }

  /// 1 / x
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func reciprocal() -> Tensor { map(nt_reciprocal, "reciprocal") }

  /// xᵖ for each element x; the C library's `pow`. For p = 2 see ``squared()``, for p = ½ ``sqrt()``.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func power(_ exponent: Scalar) -> Tensor { Self.combine(nt_power, "power", self, exponent) }

  /// xᵖ for the elements of two tensors, which may broadcast.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func power(_ exponent: Tensor) -> Tensor { Self.combine(nt_power, "power", self, exponent) }

  /// (a − b)² for the elements of two tensors, which may broadcast, in one pass.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func squaredDifference(_ a: Tensor, _ b: Tensor) -> Tensor {
    combine(nt_squared_difference, "squaredDifference", a, b)
  }
}
