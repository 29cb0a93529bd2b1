import Foundation

/// A file open for reading at any position.
///
/// Reads copy into memory and notice when the file is cut meanwhile; a mapped file would end the process then.
/// Safe to use from several tasks at once.
public final class InputFile: ByteSource, Sendable {
  /// The path as it was given.
  public let path: String
  /// The size in bytes when the file was opened.
  public let count: Int
  private let descriptor: Int32

  var name: String { path }

  /// Opens the file at `path`.
  ///
  /// - Throws: ``FileError`` when it is missing, not a file (folders, pipes and devices are refused), or not allowed.
  public init(path: String) throws(FileError) {
    try FileError.checkPath(path, action: "read")
    self.path = path
    // Without O_NONBLOCK, opening a pipe that nobody writes to would wait forever.
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      count = 0
      throw .fromSystem(errno, file: path, action: "read")
    }
    do {
      count = try Self.size(of: descriptor, path: path)
    } catch {
      close(descriptor)
      throw error
    }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  private static func size(of descriptor: Int32, path: String) throws(FileError) -> Int {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .fromSystem(errno, file: path, action: "read") }
    if let kind = FileError.kindUnlessFile(status.st_mode) { throw .notAFile(file: path, kind: kind) }
    return Int(status.st_size)
  }

  /// Fills `target` with the bytes of the file from `offset` on.
  ///
  /// - Throws: ``FileError/malformed(file:expected:found:)`` when the file ends before, ``FileError/system(file:action:reason:)``
  ///   when the system cannot read.
  public func read(into target: UnsafeMutableRawBufferPointer, at offset: Int) throws(FileError) {
    var done = 0
    while done < target.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: target[done...])
      let got = pread(descriptor, rest.baseAddress, rest.count, off_t(offset + done))
      if got < 0 {
        guard errno == EINTR else { throw .fromSystem(errno, file: path, action: "read") }
      } else if got == 0 {
        throw malformed(
          "\(target.count) bytes at byte \(offset)", found: "the end of the file after \(offset + done) bytes")
      } else {
        done += got
      }
    }
  }

  /// All bytes of a file.
  ///
  /// - Throws: ``FileError`` when it is missing, not a file, not allowed, larger than `limit` bytes or cannot be read.
  public static func contents(of path: String, limit: Int) throws(FileError) -> [UInt8] {
    let file = try InputFile(path: path)
    guard file.count <= limit else { throw .tooLarge(file: path, limit: limit) }
    return try file.bytes(in: 0..<file.count)
  }
}
