import Datasets
import TensorCore

/// The tensors in a file of any of the formats that are known, read one after the other.
struct TensorFile {
  /// The formats.
  enum Format: String { case safetensors, npz, npy, idx }

  let format: Format
  /// The tensors' names in order; one empty name for a file of one array.
  let names: [String]
  /// Texts that the file keeps beside its tensors.
  let metadata: [String: String]
  private let read: (String) throws -> TensorFacts

  /// Opens the file at `path`.
  ///
  /// - Throws: `FileError` naming the file when it cannot be read or is not right.
  init(_ path: String, _ format: Format) throws {
    self.format = format
    switch format {
    case .npy:
      (names, metadata) = ([""], [:])
      read = { name in
        let header = try NpyFile.header(path: path)
        return try TensorFacts(name, header.type, header.shape) { try NpyFile.read(path: path) }
      }
    case .idx:
      (names, metadata) = ([""], [:])
      read = { name in
        let array = try IDXFile.read(path)
        return TensorFacts(name, .uint8, array.shape) { .uint8(array) }
      }
    case .npz:
      let file = try NpzFile(path: path)
      (names, metadata) = (file.names, [:])
      read = { name in
        let (bytes, place) = (try file.bytes(name), "\(path)/\(name).npy")
        let header = try NpyFile.header(of: bytes, name: place)
        return try TensorFacts(name, header.type, header.shape) { try NpyFile.decode(bytes, name: place) }
      }
    case .safetensors:
      let file = try SafetensorsFile(path: path)
      (names, metadata) = (file.entries.map(\.name), file.metadata)
      let entries = Dictionary(uniqueKeysWithValues: file.entries.map { ($0.name, $0) })
      read = { name in
        try TensorFacts(name, entries[name]?.type, entries[name]?.shape ?? []) { try file.tensor(name) }
      }
    }
  }

  /// What there is to say of the tensor of that name.
  func facts(_ name: String) throws -> TensorFacts { try read(name) }
}
