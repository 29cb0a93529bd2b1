/// A file, or bytes that came from one, which cannot be read, understood or written.
///
/// Every case names the file; the description is one line that says what was expected and what came.
public enum FileError: Error, Sendable, Equatable, CustomStringConvertible {
  /// There is no such file or folder.
  case missing(file: String)
  /// A file is needed and this is something else: `kind` is `a folder`, `a device`, `a pipe`…
  case notAFile(file: String, kind: String)
  /// The system does not allow this user to do `action` (`read`, `write`).
  case denied(file: String, action: String)
  /// The file, or what it decompresses to, is larger than the caller allows.
  case tooLarge(file: String, limit: Int)
  /// The system failed to do `action` for the given reason, such as `No space left on device`.
  case system(file: String, action: String, reason: String)
  /// The content is not what its format asks for.
  case malformed(file: String, expected: String, found: String)

  public var description: String {
    switch self {
    case .missing(let file): "\(file): there is no such file or folder"
    case .notAFile(let file, let kind): "\(file): expected a file, found \(kind)"
    case .denied(let file, let action): "\(file): no permission to \(action) it"
    case .tooLarge(let file, let limit): "\(file): larger than the \(limit) bytes allowed here"
    case .system(let file, let action, let reason): "\(file): cannot \(action) it: \(reason)"
    case .malformed(let file, let expected, let found): "\(file): expected \(expected), found \(found)"
    }
  }

  /// The file that the error is about.
  public var file: String {
    switch self {
    case .missing(let file), .notAFile(let file, _), .denied(let file, _), .tooLarge(let file, _),
      .system(let file, _, _), .malformed(let file, _, _):
      file
    }
  }
}
