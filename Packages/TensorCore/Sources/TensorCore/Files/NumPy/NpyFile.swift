/// NumPy's file of one array, `.npy`.
///
/// Versions 1 to 3 are read, with elements f2, f4, f8, i1 to i8, u1 to u8 and b1 of either byte order, in C or Fortran order;
/// the size of the file must be that of the array. Version 1.0 in C order is written.
///
/// Source: NumPy's `numpy.lib.format`.
public enum NpyFile {
  /// What the header says of an array.
  public struct Header: Sendable, Equatable {
    /// How its elements are stored.
    public let type: StoredElementType
    /// Its shape.
    public let shape: Shape
  }

  /// What the header of the file at `path` says; also of arrays of complex numbers, which are not read.
  ///
  /// - Throws: ``FileError`` when the file cannot be read or is not such an array.
  public static func header(path: String) throws(FileError) -> Header { try header(of: InputFile(path: path)) }

  /// What the header of such a file's bytes says; `name` stands for them in errors.
  ///
  /// - Throws: ``FileError/malformed(file:expected:found:)`` when they are not such an array.
  public static func header(of bytes: [UInt8], name: String = "the npy data") throws(FileError) -> Header {
    try header(of: MemoryBytes(name: name, bytes: bytes))
  }

  private static func header(of source: some ByteSource) throws(FileError) -> Header {
    let header = try NpyHeader(reading: source)
    return Header(type: header.type, shape: header.shape)
  }

  /// The array in the file at `path`; f2 becomes `Float`, i1, i2 and u2 `Int32`, u4 and u8 `Int64`, which is exact.
  ///
  /// - Throws: ``FileError`` when the file cannot be read or is not such an array.
  public static func read(path: String) throws(FileError) -> StoredTensor {
    try decode(InputFile(path: path))
  }

  /// The array in the file at `path`, with elements of the given type.
  ///
  /// Floating-point elements convert to `Float` and `Double` (rounded to nearest); all others must be of this very type, or of
  /// the one that they become otherwise.
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
    let header = try NpyHeader(reading: source)
    guard let type = header.type.elementType else {
      throw source.malformed("the array to have real numbers", found: header.type.title)
    }
    return switch type {
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
