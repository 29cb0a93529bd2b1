import Foundation
import TensorCore

/// A file that grows at its end, piece by piece: logs.
final class AppendedFile {
  private let path: String
  private let descriptor: Int32

  /// Opens the file at `path`, or makes it.
  ///
  /// - Throws: `FileError` naming it when it cannot be written.
  init(path: String) throws(FileError) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw Self.error(path) }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// Adds bytes at the end. After an error some of them may be there.
  func append(_ bytes: [UInt8]) throws(FileError) {
    var done = 0
    while done < bytes.count {
      let written = bytes.withUnsafeBytes {
        Foundation.write(descriptor, $0.baseAddress?.advanced(by: done), $0.count - done)
      }
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else { throw Self.error(path) }
      done += written
    }
  }

  private static func error(_ path: String) -> FileError {
    .system(file: path, action: "write", reason: String(cString: strerror(errno)))
  }
}
