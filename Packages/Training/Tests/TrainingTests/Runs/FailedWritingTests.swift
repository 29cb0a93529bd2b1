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
}
