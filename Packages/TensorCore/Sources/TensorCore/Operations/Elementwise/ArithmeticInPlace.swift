import CKernels

/// Arithmetic that changes the left operand: without a copy while no other tensor shares its elements. The right operand
/// may broadcast to the left one's shape, which stays.
extension Tensor where Scalar: NumericScalar {
  /// a = a + b
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func += (a: inout Tensor, b: Tensor) { a.combineInPlace(nt_add, "+=", b) }

  /// a = a - b
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func -= (a: inout Tensor, b: Tensor) { a.combineInPlace(nt_subtract, "-=", b) }

  /// a = a b
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func *= (a: inout Tensor, b: Tensor) { a.combineInPlace(nt_multiply, "*=", b) }

  /// a = a / b
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func /= (a: inout Tensor, b: Tensor) { a.combineInPlace(nt_divide, "/=", b) }

  /// a = a + b
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func += (a: inout Tensor, b: Scalar) { a.combineInPlace(nt_add, "+=", b) }

  /// a = a - b
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func -= (a: inout Tensor, b: Scalar) { a.combineInPlace(nt_subtract, "-=", b) }

  /// a = a b
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func *= (a: inout Tensor, b: Scalar) { a.combineInPlace(nt_multiply, "*=", b) }

  /// a = a / b
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func /= (a: inout Tensor, b: Scalar) { a.combineInPlace(nt_divide, "/=", b) }
}
