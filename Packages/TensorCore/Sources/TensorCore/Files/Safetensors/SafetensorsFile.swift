/// A safetensors file: named tensors with a header of JSON, as torchvision's weights are passed on.
///
/// Opening reads and checks the header only; each tensor is read when it is asked for, so that a large file costs what
/// is used of it. F64, F32, F16, BF16, I64 to I8, U64 to U8 and BOOL are read. Every byte of the data must belong to exactly
/// one tensor, keys may not repeat, and at most 100,000 tensors are possible.
///
/// ```swift
/// let file = try SafetensorsFile(path: "model.safetensors")
/// let weight = try file.tensor("features.0.weight", as: Float.self)  // [6, 1, 5, 5]
/// ```
///
/// Source: the format's description at github.com/huggingface/safetensors.
public struct SafetensorsFile: Sendable {
  /// What the header says of one tensor.
  public struct Entry: Sendable, Equatable {
    /// Its key in the header.
    public let name: String
    /// How its elements are stored.
    public let type: StoredElementType
    /// Its shape.
    public let shape: Shape
    /// Where its bytes lie in the data part.
    public let byteRange: Range<Int>
  }

  /// The tensors, in the order of the header.
  public let entries: [Entry]
  /// The texts under `__metadata__`.
  public let metadata: [String: String]
  private let source: any ByteSource
  private let dataStart: Int
  private let places: [String: Int]

  /// Opens the file at `path`.
  ///
  /// - Throws: ``FileError`` when it cannot be read or its header or size is wrong.
  public init(path: String) throws(FileError) {
    try self.init(reading: InputFile(path: path))
  }

  /// A file whose bytes are in memory; `name` stands for it in errors.
  ///
  /// - Throws: ``FileError/malformed(file:expected:found:)`` when its header or size is wrong.
  public init(bytes: [UInt8], name: String = "the safetensors data") throws(FileError) {
    try self.init(reading: MemoryBytes(name: name, bytes: bytes))
  }

  private init(reading source: some ByteSource) throws(FileError) {
    let header = try SafetensorsHeader(reading: source)
    self.source = source
    entries = header.entries
    metadata = header.metadata
    dataStart = header.dataStart
    places = Dictionary(uniqueKeysWithValues: header.entries.enumerated().map { ($1.name, $0) })
  }

  /// What the header says of the tensor `name`; nil if there is none.
  public subscript(name: String) -> Entry? {
    places[name].map { entries[$0] }
  }

  /// The tensor `name`; F16 and BF16 become `Float`, I16, I8 and U16 `Int32`, U64 and U32 `Int64`, which is exact.
  ///
  /// - Throws: ``FileError`` when there is none of this name, or the file was cut since it was opened.
  public func tensor(_ name: String) throws(FileError) -> StoredTensor {
    try source.tensor(try elements(name))
  }

  /// The tensor `name` with elements of the given type.
  ///
  /// Floating-point elements convert to `Float` and `Double` (rounded to nearest); all others must be of this very type, or of
  /// the one that they become otherwise.
  ///
  /// - Throws: ``FileError`` when there is none of this name, its type is another, or the file was cut since it was opened.
  public func tensor<Scalar: TensorScalar>(
    _ name: String, as type: Scalar.Type
  ) throws(FileError) -> Tensor<Scalar> {
    try source.tensor(try elements(name), as: type)
  }

  private func elements(_ name: String) throws(FileError) -> StoredElements {
    guard let entry = self[name] else {
      throw source.malformed("a tensor '\(name)'", found: "none of this name among \(entries.count)")
    }
    return StoredElements(
      type: entry.type, shape: entry.shape, offset: dataStart + entry.byteRange.lowerBound, title: "'\(name)'")
  }
}
