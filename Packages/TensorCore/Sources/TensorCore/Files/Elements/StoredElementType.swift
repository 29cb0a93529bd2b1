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
  /// 16 bits with a sign.
  case int16 = "I16"
  /// 8 bits with a sign.
  case int8 = "I8"
  /// 64 bits without a sign.
  case uint64 = "U64"
  /// 32 bits without a sign.
  case uint32 = "U32"
  /// 16 bits without a sign.
  case uint16 = "U16"
  /// `UInt8`.
  case uint8 = "U8"
  /// One byte, 0 or 1.
  case bool = "BOOL"
  /// Complex numbers of two `float32`: known by name and size, not read.
  case complex64 = "C64"
  /// Complex numbers of two `float64`: known by name and size, not read.
  case complex128 = "C128"

  /// The bytes of an element.
  public var byteCount: Int {
    switch self {
    case .complex128: 16
    case .float64, .int64, .uint64, .complex64: 8
    case .float32, .int32, .uint32: 4
    case .float16, .bfloat16, .int16, .uint16: 2
    case .int8, .uint8, .bool: 1
    }
  }

  /// Whether the type is for maths: such elements convert to `Float` and `Double`, others never do.
  public var isFloating: Bool {
    switch self {
    case .float64, .float32, .float16, .bfloat16: true
    default: false
    }
  }

  /// The element type in memory that holds every value: `float` for the two short ones, `int32` and `int64` for whole numbers of
  /// other sizes (of a `uint64` the values below 2⁶³); nil for complex numbers, which are not read.
  public var elementType: ElementType? {
    switch self {
    case .float64: .double
    case .float32, .float16, .bfloat16: .float
    case .int64, .uint64, .uint32: .int64
    case .int32, .int16, .int8, .uint16: .int32
    case .uint8: .uint8
    case .bool: .bool
    case .complex64, .complex128: nil
    }
  }

  /// What tables call the type: as ``ElementType`` does where there is one of the same size, else as NumPy does.
  public var title: String {
    guard let elementType, StoredElementType(elementType) != self else { return elementType?.rawValue ?? "\(self)" }
    return "\(self)"
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
