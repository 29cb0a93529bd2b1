import CKernels

extension ElementType {
  /// The type's number in the kernels.
  @inline(__always)
  var code: nt_type {
    switch self {
    case .float: nt_float
    case .double: nt_double
    case .int32: nt_int32
    case .int64: nt_int64
    case .uint8: nt_uint8
    case .bool: nt_bool
    }
  }
}

extension TensorScalar {
  /// The type's number in the kernels.
  @inline(__always)
  static var code: nt_type { elementType.code }
}
