import Foundation

extension FileError {
  /// The error for a failed system call, from `errno`.
  static func fromSystem(_ code: Int32, file: String, action: String) -> FileError {
    switch code {
    case ENOENT, ENOTDIR: .missing(file: file)
    case EISDIR: .notAFile(file: file, kind: "a folder")
    case EACCES, EPERM: .denied(file: file, action: action)
    default: .system(file: file, action: action, reason: String(cString: strerror(code)))
    }
  }

  /// Refuses paths that the system would read differently: it takes them to end at a zero byte.
  static func checkPath(_ path: String, action: String) throws(FileError) {
    guard !path.isEmpty else { throw .system(file: "''", action: action, reason: "the path is empty") }
    guard !path.utf8.contains(0) else {
      throw .system(file: path, action: action, reason: "the path contains a zero byte")
    }
  }

  /// What a thing that is not a file is, from its mode; nil for a file.
  static func kindUnlessFile(_ mode: mode_t) -> String? {
    switch mode & S_IFMT {
    case S_IFREG: nil
    case S_IFDIR: "a folder"
    case S_IFIFO: "a pipe"
    case S_IFSOCK: "a socket"
    default: "a device"
    }
  }
}
