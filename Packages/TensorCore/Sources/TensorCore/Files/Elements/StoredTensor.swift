/// A tensor of any element type, as files hold them.
public enum StoredTensor: Sendable {
  /// A tensor of `Float`.
  case float(Tensor<Float>)
  /// A tensor of `Double`.
  case double(Tensor<Double>)
  /// A tensor of `Int32`.
  case int32(Tensor<Int32>)
  /// A tensor of `Int64`.
  case int64(Tensor<Int64>)
  /// A tensor of `UInt8`.
  case uint8(Tensor<UInt8>)
  /// A tensor of truth values.
  case bool(Tensor<Bool>)

  /// The same elements, their type as a value. Nothing is copied.
  public init<Scalar: TensorScalar>(_ tensor: Tensor<Scalar>) {
    switch tensor {
    case let tensor as Tensor<Float>: self = .float(tensor)
    case let tensor as Tensor<Double>: self = .double(tensor)
    case let tensor as Tensor<Int32>: self = .int32(tensor)
    case let tensor as Tensor<Int64>: self = .int64(tensor)
    case let tensor as Tensor<UInt8>: self = .uint8(tensor)
    case let tensor as Tensor<Bool>: self = .bool(tensor)
    default: stop("stored tensor", "elements of type \(Scalar.self) cannot be stored")
    }
  }

  /// The sizes of the axes, outermost first.
  public var shape: Shape {
    switch self {
    case .float(let tensor): tensor.shape
    case .double(let tensor): tensor.shape
    case .int32(let tensor): tensor.shape
    case .int64(let tensor): tensor.shape
    case .uint8(let tensor): tensor.shape
    case .bool(let tensor): tensor.shape
    }
  }

  /// The type of the elements.
  public var elementType: ElementType {
    switch self {
    case .float: .float
    case .double: .double
    case .int32: .int32
    case .int64: .int64
    case .uint8: .uint8
    case .bool: .bool
    }
  }

  /// The tensor, if its elements are of this very type; nil otherwise.
  public func tensor<Scalar: TensorScalar>(of type: Scalar.Type) -> Tensor<Scalar>? {
    switch self {
    case .float(let tensor): tensor as? Tensor<Scalar>
    case .double(let tensor): tensor as? Tensor<Scalar>
    case .int32(let tensor): tensor as? Tensor<Scalar>
    case .int64(let tensor): tensor as? Tensor<Scalar>
    case .uint8(let tensor): tensor as? Tensor<Scalar>
    case .bool(let tensor): tensor as? Tensor<Scalar>
    }
  }

  /// The type in which the elements are written.
  var storedType: StoredElementType { StoredElementType(elementType) }

  /// The bytes of all elements.
  var byteCount: Int { shape.count * storedType.byteCount }

  /// Calls `body` with the elements' bytes in row-major order, as files hold them.
  func withBytes(_ body: (UnsafeRawBufferPointer) throws(FileError) -> Void) throws(FileError) {
    switch self {
    case .float(let tensor): try tensor.withRowMajorBytes(body)
    case .double(let tensor): try tensor.withRowMajorBytes(body)
    case .int32(let tensor): try tensor.withRowMajorBytes(body)
    case .int64(let tensor): try tensor.withRowMajorBytes(body)
    case .uint8(let tensor): try tensor.withRowMajorBytes(body)
    case .bool(let tensor): try tensor.withRowMajorBytes(body)
    }
  }
}

extension Tensor {
  fileprivate func withRowMajorBytes(
    _ body: (UnsafeRawBufferPointer) throws(FileError) -> Void
  ) throws(FileError) {
    let result: Result<Void, FileError> = withUnsafeBufferPointer { elements in
      Result { () throws(FileError) in try body(UnsafeRawBufferPointer(elements)) }
    }
    try result.get()
  }
}
