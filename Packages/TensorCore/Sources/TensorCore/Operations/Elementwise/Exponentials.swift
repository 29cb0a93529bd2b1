import CKernels

/// Exponentials and logarithms of each element.
///
/// Float: within 1 unit in the last place for `exp` and `log`, 2 for `expm1` and `log1p`, against exact values; Double: the
/// C library's. Infinities, NaN, zeros and numbers below the smallest normal one give what IEEE 754 asks for.
extension Tensor where Scalar: FloatingScalar {
  /// eˣ
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func exp() -> Tensor { map(nt_exp, "exp") }

  /// eˣ − 1, precise near 0 too.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func expm1() -> Tensor { map(nt_expm1, "expm1") }

  /// The natural logarithm ln x: −∞ for 0, NaN for negative numbers.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func log() -> Tensor { map(nt_log, "log") }

  /// ln(1 + x), precise near 0 too.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func log1p() -> Tensor { map(nt_log1p, "log1p") }
}
