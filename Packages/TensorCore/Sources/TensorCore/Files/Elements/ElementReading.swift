/// Where and how a tensor's elements lie in a source, checked against its size already.
struct StoredElements {
  let type: StoredElementType
  let shape: Shape
  /// The position of the first byte.
  let offset: Int
  var isBigEndian = false
  /// What to call the tensor in errors.
  var title = "the tensor"
}

extension ByteSource {
  /// The elements in the type that holds them exactly.
  func tensor(_ elements: StoredElements) throws(FileError) -> StoredTensor {
    switch try elementType(of: elements) {
    case .float: .float(try tensor(elements, as: Float.self))
    case .double: .double(try tensor(elements, as: Double.self))
    case .int32: .int32(try tensor(elements, as: Int32.self))
    case .int64: .int64(try tensor(elements, as: Int64.self))
    case .uint8: .uint8(try tensor(elements, as: UInt8.self))
    case .bool: .bool(try tensor(elements, as: Bool.self))
    }
  }

  private func elementType(of elements: StoredElements) throws(FileError) -> ElementType {
    guard let type = elements.type.elementType else {
      throw malformed("\(elements.title) to have real numbers", found: elements.type.title)
    }
    return type
  }

  /// The elements as `Scalar`: converted between floating-point types, whole numbers widened, otherwise of this very type or refused.
  func tensor<Scalar: TensorScalar>(
    _ elements: StoredElements, as type: Scalar.Type
  ) throws(FileError) -> Tensor<Scalar> {
    if StoredElementType(Scalar.elementType) == elements.type {
      return try sameTypeTensor(elements)
    }
    guard elements.type.isFloating || elements.type.elementType == Scalar.elementType else {
      throw wrongType(elements, wanted: Scalar.elementType)
    }
    let converted: Any =
      switch Scalar.elementType {
      case .float: try convertedTensor(elements, as: Float.self)
      case .double: try convertedTensor(elements, as: Double.self)
      case .int32 where !elements.type.isFloating: try widenedTensor(elements, as: Int32.self)
      case .int64 where !elements.type.isFloating: try widenedTensor(elements, as: Int64.self)
      default: throw wrongType(elements, wanted: Scalar.elementType)
      }
    guard let result = converted as? Tensor<Scalar> else { throw wrongType(elements, wanted: Scalar.elementType) }
    return result
  }

  private func wrongType(_ elements: StoredElements, wanted: ElementType) -> FileError {
    malformed("\(elements.title) to have elements of type \(wanted)", found: elements.type.rawValue)
  }

  private func sameTypeTensor<Scalar: TensorScalar>(_ elements: StoredElements) throws(FileError) -> Tensor<Scalar> {
    let tensor = Tensor<Scalar>(uninitialized: elements.shape)
    let bytes = UnsafeMutableRawBufferPointer(tensor.uniqueBuffer)
    try read(into: bytes, at: elements.offset)
    if elements.isBigEndian { swapBytes(bytes, size: elements.type.byteCount) }
    if elements.type == .bool { try checkBooleans(UnsafeRawBufferPointer(bytes), elements) }
    return tensor
  }

  /// A `Bool` in memory must be 0 or 1: anything else makes the program's behaviour undefined.
  private func checkBooleans(_ bytes: UnsafeRawBufferPointer, _ elements: StoredElements) throws(FileError) {
    guard let place = bytes.firstIndex(where: { $0 > 1 }) else { return }
    throw malformed("\(elements.title) to have bytes of 0 or 1", found: "\(bytes[place]) in element \(place)")
  }

  private func convertedTensor<Scalar: FloatingScalar>(
    _ elements: StoredElements, as type: Scalar.Type
  ) throws(FileError) -> Tensor<Scalar> {
    try tensor(elements) { bytes, _, target in convert(bytes, of: elements.type, into: target) }
  }

  /// Whole numbers in more bits.
  private func widenedTensor<Scalar: NumericScalar & FixedWidthInteger>(
    _ elements: StoredElements, as type: Scalar.Type
  ) throws(FileError) -> Tensor<Scalar> {
    try tensor(elements) { (bytes, start, target) throws(FileError) in
      guard let place = widen(bytes, of: elements.type, into: target) else { return }
      throw malformed("\(elements.title) to have numbers below 2⁶³", found: "a larger one in element \(start + place)")
    }
  }

  /// Reads and converts piece by piece, so that the file's bytes take little memory beside the tensor. `convert` gets the bytes of
  /// some elements, the number of the first, and their place.
  private func tensor<Scalar: TensorScalar>(
    _ elements: StoredElements,
    _ convert: (UnsafeRawBufferPointer, Int, UnsafeMutableBufferPointer<Scalar>) throws(FileError) -> Void
  ) throws(FileError) -> Tensor<Scalar> {
    let tensor = Tensor<Scalar>(uninitialized: elements.shape)
    let target = tensor.uniqueBuffer
    let size = elements.type.byteCount
    let pieceCount = min(target.count, 1 << 16)
    var piece = [UInt8](repeating: 0, count: pieceCount * size)
    for start in stride(from: 0, to: target.count, by: max(pieceCount, 1)) {
      let count = min(pieceCount, target.count - start)
      try piece.withMutableRawBytes { (bytes) throws(FileError) in
        let bytes = UnsafeMutableRawBufferPointer(rebasing: bytes[..<(count * size)])
        try read(into: bytes, at: elements.offset + start * size)
        if elements.isBigEndian { swapBytes(bytes, size: size) }
        let part = UnsafeMutableBufferPointer(rebasing: target[start..<(start + count)])
        try convert(UnsafeRawBufferPointer(bytes), start, part)
      }
    }
    return tensor
  }
}

/// Converts floating-point elements to the nearest `Scalar`; too large ones become infinite.
@specialized(where Scalar == Float)
@specialized(where Scalar == Double)
private func convert<Scalar: FloatingScalar>(
  _ bytes: UnsafeRawBufferPointer, of type: StoredElementType, into target: UnsafeMutableBufferPointer<Scalar>
) {
  switch type {
  case .float16:
    for index in target.indices {
      target[index] = Scalar(Float(binary16: bytes.littleEndian(UInt16.self, at: 2 * index)))
    }
  case .bfloat16:
    for index in target.indices {
      target[index] = Scalar(Float(bfloat16: bytes.littleEndian(UInt16.self, at: 2 * index)))
    }
  case .float32:
    for index in target.indices {
      target[index] = Scalar(Float(bitPattern: bytes.littleEndian(UInt32.self, at: 4 * index)))
    }
  case .float64:
    for index in target.indices {
      target[index] = Scalar(Double(bitPattern: bytes.littleEndian(UInt64.self, at: 8 * index)))
    }
  default: stop("reading elements", "\(type.rawValue) does not convert to \(Scalar.self)")
  }
}

/// Whole numbers of any size as `Scalar`, which has more bits; the place of the first that does not fit, else nil.
private func widen<Scalar: FixedWidthInteger>(
  _ bytes: UnsafeRawBufferPointer, of type: StoredElementType, into target: UnsafeMutableBufferPointer<Scalar>
) -> Int? {
  switch type {
  case .int8: widen(bytes, from: Int8.self, into: target)
  case .int16: widen(bytes, from: Int16.self, into: target)
  case .uint16: widen(bytes, from: UInt16.self, into: target)
  case .uint32: widen(bytes, from: UInt32.self, into: target)
  case .uint64: widen(bytes, from: UInt64.self, into: target)
  default: stop("reading elements", "\(type.rawValue) does not widen to \(Scalar.self)")
  }
}

private func widen<Stored: FixedWidthInteger & BitwiseCopyable, Scalar: FixedWidthInteger>(
  _ bytes: UnsafeRawBufferPointer, from type: Stored.Type, into target: UnsafeMutableBufferPointer<Scalar>
) -> Int? {
  for index in target.indices {
    let value = bytes.littleEndian(Stored.self, at: index * MemoryLayout<Stored>.size)
    guard let number = Scalar(exactly: value) else { return index }
    target[index] = number
  }
  return nil
}

/// Reverses the bytes of each element of `size` bytes.
private func swapBytes(_ bytes: UnsafeMutableRawBufferPointer, size: Int) {
  guard size > 1 else { return }
  for start in stride(from: 0, to: bytes.count, by: size) {
    for place in 0..<(size / 2) { bytes.swapAt(start + place, start + size - 1 - place) }
  }
}
