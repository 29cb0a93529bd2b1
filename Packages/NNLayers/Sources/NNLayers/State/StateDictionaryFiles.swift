import Autograd
import TensorCore

extension StateValue {
  /// The value as files hold it.
  public var stored: StoredTensor {
    switch self {
    case .tensor(.float(let tensor)): .float(tensor)
    case .tensor(.double(let tensor)): .double(tensor)
    case .int64(let tensor): .int64(tensor)
    }
  }

  /// A value from a file; nil unless it is floating point or `Int64`.
  public init?(_ stored: StoredTensor) {
    switch stored {
    case .float(let tensor): self = .tensor(.float(tensor))
    case .double(let tensor): self = .tensor(.double(tensor))
    case .int64(let tensor): self = .int64(tensor)
    case .int32, .uint8, .bool: return nil
    }
  }
}

extension StateDictionary {
  /// Reads the safetensors file at `path`, which may come from another program.
  ///
  /// - Throws: `FileError` naming the file when it cannot be read, is not a safetensors file or has a tensor that is
  ///   neither floating point nor `Int64`.
  public init(contentsOf path: String) throws(FileError) {
    let file = try SafetensorsFile(path: path)
    var tensors = [Result<StoredTensor, FileError>?](repeating: nil, count: file.entries.count)
    // Each thread reads some: most of the time goes into giving the process new memory.
    tensors.withUnsafeMutableBufferPointer { tensors in
      ThreadPool.run(blocks: tensors.count) { place in
        tensors[place] = Result { () throws(FileError) in try file.tensor(file.entries[place].name) }
      }
    }
    self.init()
    for (entry, tensor) in zip(file.entries, tensors) {
      guard let tensor = try tensor?.get(), let value = StateValue(tensor) else {
        throw .malformed(
          file: path, expected: "'\(entry.name)' to be floating point or I64", found: entry.type.rawValue)
      }
      self[entry.name] = value
    }
  }

  /// Writes the entries as the safetensors file at `path`, all or nothing.
  ///
  /// The same entries and metadata give the same bytes.
  ///
  /// - Parameters:
  ///   - path: where to write.
  ///   - metadata: texts to keep in the file. Default none.
  /// - Throws: `FileError` naming the file when it cannot be written.
  public func write(to path: String, metadata: [String: String] = [:]) throws(FileError) {
    try SafetensorsFile.write(entries.map { ($0.name, $0.value.stored) }, metadata: metadata, to: path)
  }
}
