import Foundation
import TensorCore

/// The right to write into a run's folder. It ends with this object or, whatever happens, with the process.
///
/// The folder itself is locked, so that no file is left that could tell of a run which is no more. File systems without
/// locks, as some on networks are, let everyone in.
public final class RunLock {
  private let descriptor: Int32

  init(folder: String) throws {
    descriptor = open(folder, O_RDONLY | O_CLOEXEC)
    // A folder that may be written to and not read cannot be locked; a missing one is somebody else's error.
    guard descriptor >= 0 else { return }
    guard flock(descriptor, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK else { return }
    close(descriptor)
    throw RunFolderError.inUse(folder: folder)
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }
}

extension RunFolder {
  /// Keeps other runs out as long as the lock lives.
  ///
  /// - Throws: ``RunFolderError/inUse(folder:)`` when another run has the folder, in this process or another.
  func lock() throws -> RunLock { try RunLock(folder: path) }
}
