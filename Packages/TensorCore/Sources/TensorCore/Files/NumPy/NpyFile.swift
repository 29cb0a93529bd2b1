/// NumPy's file of one array, `.npy`.
///
/// Versions 1 to 3 are read, with elements f2, f4, f8, i4, i8, u1 and b1 of either byte order, in C or Fortran order;
/// the size of the file must be that of the array. Version 1.0 in C order is written.
///
/// Source: NumPy's `numpy.lib.format`.
public enum NpyFile {
  /// The array in the file at `path`; f2 becomes `Float`, which is exact.
  ///
  /// - Throws: ``FileError`` when the file cannot be read or is not such an array.
  public static func read(path: String) throws(FileError) -> StoredTensor {
    try decode(InputFile(path: path))
  }

  /// The array in the file at `path`, with elements of the given type.
  ///
  /// Floating-point elements convert to `Float` and `Double` (rounded to nearest); all others must be of this very type.
  ///
  /// - Throws: ``FileError`` when the file cannot be read, is not such an array or has elements of another type.
  public static func read<Scalar: TensorScalar>(
    path: String, as type: Scalar.Type
  ) throws(FileError) -> Tensor<Scalar> {
    try decode(InputFile(path: path), as: type)
  }

  /// The array that the bytes of such a file hold; `name` stands for them in errors.
  ///
  /// - Throws: ``FileError/malformed(file:expected:found:)`` when they are not such an array.
  public static func decode(_ bytes: [UInt8], name: String = "the npy data") throws(FileError) -> StoredTensor {
    try decode(MemoryBytes(name: name, bytes: bytes))
  }

  /// Writes an array to the file at `path`, all or nothing (see ``AtomicFile``).
  ///
  /// - Throws: ``FileError`` when the file cannot be written.
  public static func write<Scalar: TensorScalar>(_ tensor: Tensor<Scalar>, to path: String) throws(FileError) {
    try write(StoredTensor(tensor), to: path)
  }

  /// Writes an array to the file at `path`, all or nothing (see ``AtomicFile``).
  ///
  /// - Throws: ``FileError`` when the file cannot be written.
  public static func write(_ tensor: StoredTensor, to path: String) throws(FileError) {
    try AtomicFile.write(to: path) { (file) throws(FileError) in
      try file.write(NpyHeader.bytes(of: tensor))
      try tensor.withBytes { (bytes) throws(FileError) in try file.write(bytes) }
    }
  }

  private static func decode(_ source: some ByteSource) throws(FileError) -> StoredTensor {
    switch try NpyHeader(reading: source).type.elementType {
    case .float: .float(try decode(source, as: Float.self))
    case .double: .double(try decode(source, as: Double.self))
    case .int32: .int32(try decode(source, as: Int32.self))
    case .int64: .int64(try decode(source, as: Int64.self))
    case .uint8: .uint8(try decode(source, as: UInt8.self))
    case .bool: .bool(try decode(source, as: Bool.self))
    }
  }

  static func decode<Scalar: TensorScalar>(
    _ source: some ByteSource, as type: Scalar.Type
  ) throws(FileError) -> Tensor<Scalar> {
    let header = try NpyHeader(reading: source)
    // Fortran's order is C's with the axes reversed.
    let shape = header.isFortranOrder ? Shape(header.shape.sizes.reversed()) : header.shape
    let tensor = try source.tensor(
      StoredElements(
        type: header.type, shape: shape, offset: header.dataStart, isBigEndian: header.isBigEndian, title: "the array"),
      as: type)
    guard header.isFortranOrder, tensor.rank > 1 else { return tensor }
    return tensor.permuted((0..<tensor.rank).reversed())
  }
}
