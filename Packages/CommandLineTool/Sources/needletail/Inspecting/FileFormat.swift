import Foundation
import TensorCore
import Training

/// What a file is, as its first bytes tell.
enum FileFormat {
  case tensors(TensorFile.Format)
  /// TensorBoard's.
  case events

  /// The format of the file at `path`.
  ///
  /// - Throws: `FileError` naming the file when it cannot be read or is of no known format.
  init(of path: String) throws {
    let file = try InputFile(path: path)
    var start = [UInt8](repeating: 0, count: min(12, file.count))
    try start.withUnsafeMutableBytes { try file.read(into: $0, at: 0) }
    if EventFileContents.isEventFile(startingWith: start) {
      self = .events
    } else if let format = Self.tensors(start) {
      self = .tensors(format)
    } else {
      let bytes = start.prefix(4).map { String(format: "%02X", $0) }.joined(separator: " ")
      throw FileError.malformed(
        file: path, expected: "a safetensors, npy, npz, IDX or event file",
        found: start.isEmpty ? "no bytes" : "one that begins with \(bytes)")
    }
  }

  private static func tensors(_ start: [UInt8]) -> TensorFile.Format? {
    if start.starts(with: [0x93] + Array("NUMPY".utf8)) { return .npy }
    if start.starts(with: Array("PK".utf8)) { return .npz }
    // Eight bytes of length come before the header's brace.
    if start.count >= 9, start[8] == UInt8(ascii: "{") { return .safetensors }
    // An array of bytes, as MNIST's; or packed, as it is published.
    if start.starts(with: [0, 0, 8]) || start.starts(with: [0x1F, 0x8B]) { return .idx }
    return nil
  }
}
