/// The element types that a tensor may hold.
public enum ElementType: String, Sendable, CaseIterable {
  /// `Float`, 4 bytes.
  case float
  /// `Double`, 8 bytes.
  case double
  /// `Int32`.
  case int32
  /// `Int64`: labels and indices.
  case int64
  /// `UInt8`: the bytes of images.
  case uint8
  /// `Bool`: the results of comparisons.
  case bool
}

/// A type that a ``Tensor`` may hold: `Float`, `Double`, `Int32`, `Int64`, `UInt8` or `Bool`.
///
/// The set is closed: the kernels know these six types only.
public protocol TensorScalar: Sendable, BitwiseCopyable, Hashable, CustomStringConvertible {
  /// Which of the six types this is.
  static var elementType: ElementType { get }
  /// The value of a cleared element: `0` or `false`. All its bytes are zero.
  static var zero: Self { get }
}

/// A scalar that one can calculate with: all but `Bool`.
public protocol NumericScalar: TensorScalar, Comparable, Numeric {}

/// A scalar for maths: `Float` or `Double`.
public protocol FloatingScalar: NumericScalar, BinaryFloatingPoint where RawSignificand: FixedWidthInteger {}

extension Float: FloatingScalar {
  public static var elementType: ElementType { .float }
}
extension Double: FloatingScalar {
  public static var elementType: ElementType { .double }
}
extension Int32: NumericScalar {
  public static var elementType: ElementType { .int32 }
}
extension Int64: NumericScalar {
  public static var elementType: ElementType { .int64 }
}
extension UInt8: NumericScalar {
  public static var elementType: ElementType { .uint8 }
}
extension Bool: TensorScalar {
  public static var elementType: ElementType { .bool }
  public static var zero: Bool { false }
}
