extension UnsafeRawBufferPointer {
  /// The little-endian integer at a byte offset, at any alignment. Stops outside the buffer: check before.
  func littleEndian<Value: FixedWidthInteger & BitwiseCopyable>(_ type: Value.Type, at offset: Int) -> Value {
    Value(littleEndian: loadUnaligned(fromByteOffset: offset, as: type))
  }
}

/// The value in hexadecimal, with all its digits.
func hexadecimal(_ value: some FixedWidthInteger & UnsignedInteger) -> String {
  let digits = String(value, radix: 16, uppercase: true)
  return String(repeating: "0", count: value.bitWidth / 4 - digits.count) + digits
}

extension [UInt8] {
  /// `withUnsafeBytes` for a body that throws a `FileError`.
  func withRawBytes<Result>(
    _ body: (UnsafeRawBufferPointer) throws(FileError) -> Result
  ) throws(FileError) -> Result {
    try withUnsafeBufferPointer { (buffer) throws(FileError) in try body(UnsafeRawBufferPointer(buffer)) }
  }
}

extension [UInt8] {
  /// `withUnsafeMutableBytes` for a body that throws a `FileError`.
  mutating func withMutableRawBytes<Result>(
    _ body: (UnsafeMutableRawBufferPointer) throws(FileError) -> Result
  ) throws(FileError) -> Result {
    try withUnsafeMutableBufferPointer { (buffer) throws(FileError) in
      try body(UnsafeMutableRawBufferPointer(buffer))
    }
  }
}
