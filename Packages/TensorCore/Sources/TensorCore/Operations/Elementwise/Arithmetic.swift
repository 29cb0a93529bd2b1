import CKernels

/// Addition, subtraction, multiplication and division of elements. Shapes broadcast by NumPy's rule (see
/// ``Shape/broadcast(with:)``); others stop the program with both shapes. Repeated operands are not copied.
///
/// Whole numbers: a result that does not fit stops the program, as Swift's own arithmetic does; division drops the
/// fraction and stops for a divisor of 0.
extension Tensor where Scalar: NumericScalar {
  /// a + b
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func + (a: Tensor, b: Tensor) -> Tensor { combine(nt_add, "+", a, b) }

  /// a - b
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func - (a: Tensor, b: Tensor) -> Tensor { combine(nt_subtract, "-", a, b) }

  /// a b, element by element (for the matrix product see `matmul`).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func * (a: Tensor, b: Tensor) -> Tensor { combine(nt_multiply, "*", a, b) }

  /// a / b
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func / (a: Tensor, b: Tensor) -> Tensor { combine(nt_divide, "/", a, b) }
}

/// The same with a scalar on the right.
extension Tensor where Scalar: NumericScalar {
  /// a + b
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func + (a: Tensor, b: Scalar) -> Tensor { combine(nt_add, "+", a, b) }

  /// a - b
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func - (a: Tensor, b: Scalar) -> Tensor { combine(nt_subtract, "-", a, b) }

  /// a b
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func * (a: Tensor, b: Scalar) -> Tensor { combine(nt_multiply, "*", a, b) }

  /// a / b
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func / (a: Tensor, b: Scalar) -> Tensor { combine(nt_divide, "/", a, b) }
}

/// The same with a scalar on the left.
extension Tensor where Scalar: NumericScalar {
  /// a + b
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func + (a: Scalar, b: Tensor) -> Tensor { combine(nt_add, "+", a, b) }

  /// a - b
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func - (a: Scalar, b: Tensor) -> Tensor { combine(nt_subtract, "-", a, b) }

  /// a b
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func * (a: Scalar, b: Tensor) -> Tensor { combine(nt_multiply, "*", a, b) }

  /// a / b
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func / (a: Scalar, b: Tensor) -> Tensor { combine(nt_divide, "/", a, b) }
}

extension Tensor where Scalar: NumericScalar & SignedNumeric {
  /// -a
  public static prefix func - (a: Tensor) -> Tensor { a.map(nt_negate, "-") }
}
