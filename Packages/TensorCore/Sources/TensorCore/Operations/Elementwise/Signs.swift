import CKernels

/// Sizes and signs of each element. Whole numbers whose result does not fit (|−128|) stop the program.
extension Tensor where Scalar: NumericScalar {
  /// |x|
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func abs() -> Tensor { map(nt_abs, "abs") }

  /// −1, 0 or 1; NaN and −0 stay.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func sign() -> Tensor { map(nt_sign, "sign") }

  /// x²
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func squared() -> Tensor { map(nt_squared, "squared") }
}

extension Tensor where Scalar: FloatingScalar {
  /// The gradient of ``abs()`` with respect to its input, when this is the gradient of its output: g sign(x); 0 at x = 0.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func absGradient(input: Tensor) -> Tensor { Self.combine(nt_abs_gradient, "absGradient", self, input) }
}
