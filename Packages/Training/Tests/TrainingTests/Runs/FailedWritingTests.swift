import Foundation
import TensorCore
import Testing
import Training

/// A file that cannot be written is named, and what was there before stays.
struct FailedWritingTests {
  /// A folder in a file's place fails for every user, the administrator too.
  @Test(arguments: [RunFolder.Name.model, .log, .report, .record])
  func theErrorNamesTheFile(name: RunFolder.Name) throws {
    let place = try TemporaryFolder()
    let folder = RunFolder(place.path)
    try FileManager.default.createDirectory(atPath: folder.path(of: name), withIntermediateDirectories: false)
    let error = #expect(throws: FileError.self) { try startRun(MadeUpData.settings(), in: folder) }
    #expect(error?.file == folder.path(of: name))
    #expect(!place.names.contains { $0.hasSuffix(".tmp") })
    let checkpoint = try folder.readCheckpoint()
    #expect(checkpoint.state.progress.epoch == (name == .log ? 1 : 3))
    try FileManager.default.removeItem(atPath: folder.path(of: name))
    try resumeRun(in: folder)
    #expect(folder.missingResults(of: try folder.readCheckpoint()).isEmpty)
  }

  #if os(Linux)
    /// A limit on the size of files stands for a full disk: the system refuses bytes in the middle of a file.
    @Test func aFullDiskLeavesTheEarlierCheckpoint() async throws {
      await #expect(processExitsWith: .success) {
        let place = try TemporaryFolder()
        let folder = RunFolder(place.path)
        try startRun(MadeUpData.settings(), in: folder, stopAt: 5)
        let before = try place.bytes("checkpoint.safetensors")
        signal(SIGXFSZ, SIG_IGN)
        var limit = rlimit(rlim_cur: 1_000, rlim_max: 1_000)
        guard setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0 else { exit(2) }
        do {
          try resumeRun(in: folder)
          exit(3)
        } catch let error as FileError {
          guard error.file == folder.path(of: .checkpoint) else { exit(4) }
        }
        guard try place.bytes("checkpoint.safetensors") == before, place.names == ["checkpoint.safetensors", "log.csv"]
        else { exit(5) }
      }
    }
  #endif

  /// A folder that may be read and not written. The administrator, whom nothing is forbidden, becomes somebody else for it.
  @Test func missingRightsLeaveTheEarlierCheckpoint() async throws {
    await #expect(processExitsWith: .success) {
      let place = try TemporaryFolder()
      let folder = RunFolder(place.path)
      try startRun(MadeUpData.settings(), in: folder, stopAt: 5)
      let before = try place.bytes("checkpoint.safetensors")
      let nobody: uid_t = 65_534
      if geteuid() == 0 { guard chown(place.path, nobody, gid_t.max) == 0, seteuid(nobody) == 0 else { exit(2) } }
      guard chmod(place.path, 0o500) == 0 else { exit(3) }
      do {
        try resumeRun(in: folder)
        exit(4)
      } catch let error as FileError {
        guard error.file == folder.path(of: .checkpoint), error.description.contains("no permission to write it") else {
          exit(5)
        }
      }
      guard try place.bytes("checkpoint.safetensors") == before, try folder.readCheckpoint().state.progress.step == 5
      else { exit(6) }
      guard chmod(place.path, 0o700) == 0 else { exit(7) }
      try resumeRun(in: folder)
      guard folder.missingResults(of: try folder.readCheckpoint()).isEmpty else { exit(8) }
    }
  }
}
