/// Data from outside that cannot be used: parts that do not go together, a folder without its files, an unknown name.
///
/// What is wrong within one file is a `FileError`.
///
/// Says what it is about, what was expected there and what came, in one line:
/// `train-labels-idx1-ubyte: expected 60000 labels, one for each image, found 59999`.
public struct DatasetError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What went wrong, for programs.
  public enum Kind: Sendable, Equatable {
    /// A folder or its files are not there.
    case missing
    /// A value that cannot be, in settings for example.
    case malformed
    /// A form of data that is not supported.
    case unsupported
    /// Parts that do not go together: counts, sizes, labels outside the classes, checksums.
    case mismatch
    /// There is no sample.
    case empty
    /// A name that nothing here has.
    case unknownName
  }

  /// What went wrong, for programs.
  public let kind: Kind
  /// What it is about: a file's path, a data set's name.
  public let subject: String
  /// What was expected.
  public let expected: String
  /// What came instead.
  public let found: String

  /// An error about `subject`.
  public init(_ kind: Kind, _ subject: String, expected: String, found: String) {
    self.kind = kind
    self.subject = subject
    self.expected = expected
    self.found = found
  }

  /// One line: the subject, what was expected, what was found.
  public var description: String { "\(subject): expected \(expected), found \(found)" }
}
