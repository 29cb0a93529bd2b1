import Datasets
import Foundation
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
  private let read: (String) throws -> StoredTensor

  /// Opens the file at `path`, whose format shows in its first bytes.
  ///
  /// - Throws: `FileError` naming the file when it cannot be read, is of no known format or not right.
  init(_ path: String) throws {
    switch try Self.format(of: path) {
    case .npy:
      format = .npy
      (names, metadata) = ([""], [:])
      read = { _ in try NpyFile.read(path: path) }
    case .idx:
      format = .idx
      (names, metadata) = ([""], [:])
      read = { _ in .uint8(try IDXFile.read(path)) }
    case .npz:
      let file = try NpzFile(path: path)
      format = .npz
      (names, metadata) = (file.names, [:])
      read = { try file.tensor($0) }
    case .safetensors:
      let file = try SafetensorsFile(path: path)
      format = .safetensors
      (names, metadata) = (file.entries.map(\.name), file.metadata)
      read = { try file.tensor($0) }
    }
  }

  /// The tensor of that name.
  func tensor(_ name: String) throws -> StoredTensor { try read(name) }

  private static func format(of path: String) throws -> Format {
    let file = try InputFile(path: path)
    var start = [UInt8](repeating: 0, count: min(9, file.count))
    try start.withUnsafeMutableBytes { try file.read(into: $0, at: 0) }
    if start.starts(with: [0x93] + Array("NUMPY".utf8)) { return .npy }
    if start.starts(with: Array("PK".utf8)) { return .npz }
    // Eight bytes of length come before the header's brace.
    if start.count == 9, start[8] == UInt8(ascii: "{") { return .safetensors }
    // An array of bytes, as MNIST's; or packed, as it is published.
    if start.starts(with: [0, 0, 8]) || start.starts(with: [0x1F, 0x8B]) { return .idx }
    throw FileError.malformed(
      file: path, expected: "a safetensors, npy, npz or IDX file",
      found: file.count == 0
        ? "no bytes"
        : "one that begins with "
          + start.prefix(4).map { String(format: "%02X", $0) }
          .joined(separator: " "))
  }
}
