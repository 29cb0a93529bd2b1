import CKernels

infix operator .< : ComparisonPrecedence
infix operator .<= : ComparisonPrecedence
infix operator .> : ComparisonPrecedence
infix operator .>= : ComparisonPrecedence
infix operator .== : ComparisonPrecedence
infix operator .!= : ComparisonPrecedence

/// Comparisons element by element. Shapes broadcast as in arithmetic; others stop the program with both shapes.
/// With NaN, all but `.!=` are false.
extension Tensor where Scalar: NumericScalar {
  /// a < b
  public static func .< (a: Tensor, b: Tensor) -> Tensor<Bool> { compare(nt_less, ".<", a, b) }
  /// a ≤ b
  public static func .<= (a: Tensor, b: Tensor) -> Tensor<Bool> { compare(nt_less_equal, ".<=", a, b) }
  /// a > b
  public static func .> (a: Tensor, b: Tensor) -> Tensor<Bool> { compare(nt_less, ".>", b, a) }
  /// a ≥ b
  public static func .>= (a: Tensor, b: Tensor) -> Tensor<Bool> { compare(nt_less_equal, ".>=", b, a) }

  /// a < b
  public static func .< (a: Tensor, b: Scalar) -> Tensor<Bool> { compare(nt_less, a, b) }
  /// a ≤ b
  public static func .<= (a: Tensor, b: Scalar) -> Tensor<Bool> { compare(nt_less_equal, a, b) }
  /// a > b
  public static func .> (a: Tensor, b: Scalar) -> Tensor<Bool> { compare(nt_less, b, a) }
  /// a ≥ b
  public static func .>= (a: Tensor, b: Scalar) -> Tensor<Bool> { compare(nt_less_equal, b, a) }

  /// a < b
  public static func .< (a: Scalar, b: Tensor) -> Tensor<Bool> { compare(nt_less, a, b) }
  /// a ≤ b
  public static func .<= (a: Scalar, b: Tensor) -> Tensor<Bool> { compare(nt_less_equal, a, b) }
  /// a > b
  public static func .> (a: Scalar, b: Tensor) -> Tensor<Bool> { compare(nt_less, b, a) }
  /// a ≥ b
  public static func .>= (a: Scalar, b: Tensor) -> Tensor<Bool> { compare(nt_less_equal, b, a) }
}

/// Equality element by element; for that of whole tensors see `==`.
extension Tensor {
  /// a = b
  public static func .== (a: Tensor, b: Tensor) -> Tensor<Bool> { compare(nt_equal, ".==", a, b) }
  /// a ≠ b
  public static func .!= (a: Tensor, b: Tensor) -> Tensor<Bool> { compare(nt_not_equal, ".!=", a, b) }

  /// a = b
  public static func .== (a: Tensor, b: Scalar) -> Tensor<Bool> { compare(nt_equal, a, b) }
  /// a ≠ b
  public static func .!= (a: Tensor, b: Scalar) -> Tensor<Bool> { compare(nt_not_equal, a, b) }

  /// a = b
  public static func .== (a: Scalar, b: Tensor) -> Tensor<Bool> { compare(nt_equal, b, a) }
  /// a ≠ b
  public static func .!= (a: Scalar, b: Tensor) -> Tensor<Bool> { compare(nt_not_equal, b, a) }
}
