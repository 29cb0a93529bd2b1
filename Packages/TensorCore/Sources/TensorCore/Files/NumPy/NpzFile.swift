/// NumPy's file of several named arrays, `.npz`: a zip archive of `.npy` files, stored or deflated.
///
/// Opening reads the directory only; each array is read when it is asked for. Archives of up to 4 GiB.
public struct NpzFile: Sendable {
  /// The names of the arrays, in the order of the archive.
  public let names: [String]
  private let archive: ZipArchive
  private let limit: Int
  private let file: String
  private let entries: [String: ZipArchive.Entry]

  /// Opens the file at `path`. `limit` is the most bytes that an array may have once decompressed; it bounds the memory.
  ///
  /// - Throws: ``FileError`` when the file cannot be read or its directory is wrong.
  public init(path: String, limit: Int = 1 << 32) throws(FileError) {
    try self.init(reading: InputFile(path: path), limit: limit)
  }

  /// A file whose bytes are in memory; `name` stands for it in errors.
  ///
  /// - Throws: ``FileError/malformed(file:expected:found:)`` when its directory is wrong.
  public init(bytes: [UInt8], name: String = "the npz data", limit: Int = 1 << 32) throws(FileError) {
    try self.init(reading: MemoryBytes(name: name, bytes: bytes), limit: limit)
  }

  private init(reading source: some ByteSource, limit: Int) throws(FileError) {
    archive = try ZipArchive(reading: source)
    file = source.name
    self.limit = limit
    var entries: [String: ZipArchive.Entry] = [:]
    var names: [String] = []
    for entry in archive.entries {
      guard entry.name.hasSuffix(".npy") else {
        throw source.malformed("only npy files in the archive", found: "'\(entry.name)'")
      }
      names.append(String(entry.name.dropLast(4)))
      entries[String(entry.name.dropLast(4))] = entry
    }
    (self.names, self.entries) = (names, entries)
  }

  /// The array `name`; its type becomes what ``NpyFile/read(path:)`` says.
  ///
  /// - Throws: ``FileError`` when there is none of this name or it is broken.
  public func tensor(_ name: String) throws(FileError) -> StoredTensor {
    try NpyFile.decode(try bytes(name), name: "\(file)/\(name).npy")
  }

  /// The array `name`, with elements of the given type. Converts as ``NpyFile/read(path:as:)`` does.
  ///
  /// - Throws: ``FileError`` when there is none of this name, it is broken or has elements of another type.
  public func tensor<Scalar: TensorScalar>(
    _ name: String, as type: Scalar.Type
  ) throws(FileError) -> Tensor<Scalar> {
    try NpyFile.decode(MemoryBytes(name: "\(file)/\(name).npy", bytes: try bytes(name)), as: type)
  }

  /// The npy file of the array `name`.
  ///
  /// - Throws: ``FileError`` when there is none of this name or it is broken.
  public func bytes(_ name: String) throws(FileError) -> [UInt8] {
    guard let entry = entries[name] else {
      throw .malformed(file: file, expected: "an array '\(name)'", found: "none of this name among \(names.count)")
    }
    return try archive.contents(of: entry, limit: limit)
  }

  /// Writes named arrays to the file at `path`, stored, all or nothing (see ``AtomicFile``).
  ///
  /// - Throws: ``FileError`` when a name occurs twice, the file would exceed 4 GiB or cannot be written.
  public static func write(
    _ tensors: [(name: String, tensor: StoredTensor)], to path: String
  ) throws(FileError) {
    var seen: Set<String> = []
    for (name, _) in tensors where !seen.insert(name).inserted {
      throw .malformed(file: path, expected: "different names for the arrays to write", found: "'\(name)' again")
    }
    try AtomicFile.write(to: path) { (file) throws(FileError) in
      var zip = ZipWriter(file)
      for (name, tensor) in tensors {
        let header = NpyHeader.bytes(of: tensor)
        var crc = CRC32()
        header.withUnsafeBytes { crc.update($0) }
        try tensor.withBytes { crc.update($0) }
        let size = header.count + tensor.byteCount
        try zip.add("\(name).npy", size: size, crc: crc.value) { (file) throws(FileError) in
          try file.write(header)
          try tensor.withBytes { (bytes) throws(FileError) in try file.write(bytes) }
        }
      }
      try zip.finish()
    }
  }
}
