import Foundation

/// A file that ``AtomicFile`` is writing.
public final class OutputFile {
  /// The path that the file is to have.
  public let path: String
  let temporaryPath: String
  private var descriptor: Int32
  /// The bytes written so far.
  public private(set) var count = 0

  /// Creates a temporary file in `folder` and locks it, to become `path` later.
  init(temporaryIn folder: String, for path: String) throws(FileError) {
    self.path = path
    for _ in 0..<10_000 {
      let candidate = "\(folder)/\(TemporaryName.next())"
      let descriptor = open(candidate, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o666)
      if descriptor < 0 {
        if errno == EEXIST { continue }
        throw Self.cannotCreate(errno, in: folder, for: path)
      }
      if Self.lock(descriptor) {
        (self.descriptor, temporaryPath) = (descriptor, candidate)
        return
      }
      _ = Foundation.close(descriptor)
    }
    throw .system(file: path, action: "write", reason: "no free name for a temporary file in \(folder)")
  }

  deinit { close() }

  /// Locks the file against removal as a leftover. False if it was removed before the lock was had.
  private static func lock(_ descriptor: Int32) -> Bool {
    // Some network file systems have no locks; leftovers are not removed there either.
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return errno != EWOULDBLOCK }
    var status = stat()
    return fstat(descriptor, &status) == 0 && status.st_nlink > 0
  }

  private static func cannotCreate(_ code: Int32, in folder: String, for path: String) -> FileError {
    guard code == ENOENT || code == ENOTDIR else { return .fromSystem(code, file: path, action: "write") }
    // There are folders of the system's in which nothing can be made.
    let isThere = FileManager.default.fileExists(atPath: folder)
    let reason = isThere ? String(cString: strerror(code)) : "the folder \(folder) does not exist"
    return .system(file: path, action: "write", reason: reason)
  }

  /// Appends bytes.
  ///
  /// - Throws: ``FileError`` with the system's reason, such as `No space left on device`.
  public func write(_ bytes: [UInt8]) throws(FileError) {
    try bytes.withRawBytes { (bytes) throws(FileError) in try write(bytes) }
  }

  /// Appends bytes.
  ///
  /// - Throws: ``FileError`` with the system's reason, such as `No space left on device`.
  public func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    var rest = bytes
    while !rest.isEmpty {
      let written = Foundation.write(descriptor, rest.baseAddress, rest.count)
      if written < 0 {
        guard errno == EINTR else { throw .fromSystem(errno, file: path, action: "write") }
      } else {
        guard written > 0 else { throw .system(file: path, action: "write", reason: "the system takes no more bytes") }
        rest = UnsafeRawBufferPointer(rebasing: rest[written...])
      }
    }
    count += bytes.count
  }

  /// Brings all bytes to the disk.
  func finish() throws(FileError) {
    guard fsync(descriptor) == 0 else { throw .fromSystem(errno, file: path, action: "write") }
  }

  /// Closes and removes the temporary file.
  func abandon() {
    close()
    unlink(temporaryPath)
  }

  /// Closes the file and so gives up its lock.
  func close() {
    if descriptor >= 0 { _ = Foundation.close(descriptor) }
    descriptor = -1
  }
}
