/// The element types that files of tensors hold, by the names that safetensors gives them.
public enum StoredElementType: String, Sendable, CaseIterable {
  /// `Double`.
  case float64 = "F64"
  /// `Float`.
  case float32 = "F32"
  /// Half precision: 5 bits of exponent, 10 of fraction.
  case float16 = "F16"
  /// The upper half of a `float32`: 8 bits of exponent, 7 of fraction.
  case bfloat16 = "BF16"
  /// `Int64`.
  case int64 = "I64"
  /// `Int32`.
  case int32 = "I32"
  /// `UInt8`.
  case uint8 = "U8"
  /// One byte, 0 or 1.
  case bool = "BOOL"

  /// The bytes of an element.
  public var byteCount: Int {
    switch self {
    case .float64, .int64: 8
    case .float32, .int32: 4
    case .float16, .bfloat16: 2
    case .uint8, .bool: 1
    }
  }

  /// Whether the type is for maths: such elements convert to `Float` and `Double`, others never do.
  public var isFloating: Bool {
    switch self {
    case .float64, .float32, .float16, .bfloat16: true
    case .int64, .int32, .uint8, .bool: false
    }
  }

  /// The element type in memory that holds every value: `float` for the two short ones.
  public var elementType: ElementType {
    switch self {
    case .float64: .double
    case .float32, .float16, .bfloat16: .float
    case .int64: .int64
    case .int32: .int32
    case .uint8: .uint8
    case .bool: .bool
    }
  }

  /// The type whose bytes in a file are those in memory.
  init(_ type: ElementType) {
    switch type {
    case .double: self = .float64
    case .float: self = .float32
    case .int64: self = .int64
    case .int32: self = .int32
    case .uint8: self = .uint8
    case .bool: self = .bool
    }
  }

  /// The bytes of `count` elements; nil when that is more than an `Int` counts.
  func bytes(of count: Int) -> Int? {
    let (bytes, overflow) = count.multipliedReportingOverflow(by: byteCount)
    return overflow ? nil : bytes
  }
}
