import Foundation
import Synchronization

/// Writing of whole files, all or nothing.
///
/// The bytes go to a temporary file in the same folder (so that renaming cannot cross a disk), which is synced and then
/// renamed; the folder is synced too. Whoever reads sees the old file or the new one, also after a crash, and when
/// anything fails the old one is untouched and the temporary file removed. What a killed process leaves behind,
/// ``removeLeftovers(in:)`` removes.
public enum AtomicFile {
  /// Writes `bytes` as the file at `path`, replacing what was there.
  ///
  /// - Throws: ``FileError`` that names `path` and the system's reason, such as `No space left on device`.
  public static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
    try write(to: path) { (file) throws(FileError) in try file.write(bytes) }
  }

  /// Writes the file at `path` piece by piece, replacing what was there once `body` has returned.
  ///
  /// - Throws: what `body` throws, or ``FileError`` that names `path` and the system's reason.
  public static func write(
    to path: String, _ body: (OutputFile) throws(FileError) -> Void
  ) throws(FileError) {
    try FileError.checkPath(path, action: "write")
    try checkTarget(path)
    let folder = folder(of: path)
    let file = try OutputFile(temporaryIn: folder, for: path)
    do throws(FileError) {
      try body(file)
      try file.finish()
      guard rename(file.temporaryPath, path) == 0 else { throw .fromSystem(errno, file: path, action: "write") }
    } catch {
      file.abandon()
      throw error
    }
    file.close()
    syncFolder(folder)
  }

  /// Removes the temporary files in `folder` that processes left which were killed while they wrote.
  ///
  /// Files of other names, and those that a process is writing at this moment, are left alone: their writer holds a
  /// lock, which the system drops when it ends. What cannot be removed stays.
  ///
  /// - Returns: the names of the files that were removed.
  @discardableResult
  public static func removeLeftovers(in folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { TemporaryName.matches($0) && removeIfAbandoned("\(folder)/\($0)") }.sorted()
  }

  private static func removeIfAbandoned(_ path: String) -> Bool {
    let descriptor = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_EX | LOCK_NB) == 0 && unlink(path) == 0
  }

  /// Refuses to replace a folder or, which an administrator could do by accident, a device such as `/dev/null`.
  private static func checkTarget(_ path: String) throws(FileError) {
    var status = stat()
    guard stat(path, &status) == 0 else { return }
    if let kind = FileError.kindUnlessFile(status.st_mode) { throw .notAFile(file: path, kind: kind) }
  }

  /// The folder that the file at `path` lies in, as a path that can be opened: `.` for a name alone.
  ///
  /// (Foundation's `deletingLastPathComponent` gives an empty path then and, in 6.3, ends the process for names of one character.)
  public static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Makes the new name durable. The file is whole already, and some file systems cannot do this: no error.
  private static func syncFolder(_ folder: String) {
    let descriptor = open(folder, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}

/// The names of temporary files: `.needletail-PROCESS-NUMBER.tmp`.
enum TemporaryName {
  private static let prefix = ".needletail-"
  private static let suffix = ".tmp"
  private static let counter = Atomic<UInt>(0)

  /// A name that this process has not given out before.
  static func next() -> String {
    let number = counter.add(1, ordering: .relaxed).oldValue
    return "\(prefix)\(getpid())-\(number)\(suffix)"
  }

  static func matches(_ name: String) -> Bool {
    guard name.hasPrefix(prefix), name.hasSuffix(suffix), name.count > prefix.count + suffix.count else { return false }
    let numbers = name.dropFirst(prefix.count).dropLast(suffix.count).split(
      separator: "-", omittingEmptySubsequences: false)
    return numbers.count == 2 && numbers.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (48...57).contains($0) } }
  }
}
