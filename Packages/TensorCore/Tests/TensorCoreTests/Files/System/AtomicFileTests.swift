import Foundation
import TensorCore
import Testing

@Suite struct AtomicFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func writesAndReplaces() throws {
    let path = folder("a.bin")
    try AtomicFile.write([1, 2, 3], to: path)
    try AtomicFile.write([4], to: path)
    #expect(try InputFile.contents(of: path, limit: 10) == [4])
    #expect(folder.names == ["a.bin"])
  }

  @Test func piecesAreJoined() throws {
    let pieces = (0..<100).map { [UInt8](repeating: $0, count: Int($0) * 100) }
    try AtomicFile.write(to: folder("a")) { (file) throws(FileError) in
      for piece in pieces { try file.write(piece) }
      #expect(file.count == 495_000)
    }
    #expect(try InputFile.contents(of: folder("a"), limit: 1 << 20) == pieces.flatMap(\.self))
  }

  @Test func aFailureLeavesTheOldFile() throws {
    let path = folder("a")
    try AtomicFile.write([1, 2, 3], to: path)
    let failure = FileError.malformed(file: "x", expected: "y", found: "z")
    #expect(throws: failure) {
      try AtomicFile.write(to: path) { (file) throws(FileError) in
        try file.write([9, 9])
        throw failure
      }
    }
    #expect(try InputFile.contents(of: path, limit: 10) == [1, 2, 3])
    #expect(folder.names == ["a"])
  }

  @Test func theNewFileHasUsualPermissions() throws {
    let mask = umask(0o022)
    defer { umask(mask) }
    try AtomicFile.write([1], to: folder("a"))
    var status = stat()
    #expect(stat(folder("a"), &status) == 0)
    #expect(status.st_mode & 0o777 == 0o644)
  }

  @Test func impossibleTargetsAreNamed() throws {
    let missing = folder("no/a")
    #expect(
      throws: FileError.system(
        file: missing, action: "write", reason: "the folder \(folder("no")) does not exist")
    ) { try AtomicFile.write([], to: missing) }
    try AtomicFile.write([1], to: folder("file"))
    #expect(throws: FileError.system(file: folder("file/a"), action: "write", reason: "Not a directory")) {
      try AtomicFile.write([], to: folder("file/a"))
    }
    #expect(throws: FileError.notAFile(file: folder.path, kind: "a folder")) {
      try AtomicFile.write([], to: folder.path)
    }
    #expect(throws: FileError.notAFile(file: "/dev/null", kind: "a device")) {
      try AtomicFile.write([1], to: "/dev/null")
    }
    #expect(throws: FileError.self) { try AtomicFile.write([1], to: "") }
  }

  @Test func aRelativePathMeansTheCurrentFolder() throws {
    // Nothing is written: the name is too long for any file system, but the folder is found.
    let name = String(repeating: "x", count: 300)
    let error = #expect(throws: FileError.self) { try AtomicFile.write([1], to: name) }
    #expect(error?.description == "\(name): cannot write it: File name too long")
    #expect(!FileManager.default.fileExists(atPath: name))
  }

  /// A file size limit fails a write half-way, as a full disk does.
  @Test func aFullDiskIsReportedAndLeavesTheOldFile() async {
    await #expect(processExitsWith: .success) {
      let folder = try TemporaryFolder()
      let path = folder("a")
      try AtomicFile.write([1, 2, 3], to: path)
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 1_000, rlim_max: 1_000)
      try #require(setrlimit(fileSizeLimit, &limit) == 0)
      let expected = FileError.system(file: path, action: "write", reason: String(cString: strerror(EFBIG)))
      #expect(throws: expected) { try AtomicFile.write([UInt8](repeating: 7, count: 5_000), to: path) }
      #expect(try InputFile.contents(of: path, limit: 10) == [1, 2, 3])
      #expect(folder.names == ["a"])
    }
  }

  @Test func namesTheFolderOfAFile() {
    let cases = [
      ("a", "."), ("ab.npy", "."), (".", "."), ("", "."), ("/", "/"), ("/a", "/"), ("./a", "."), ("a/b", "a"),
      ("../a/b.c/d", "../a/b.c"), ("/a/b", "/a"),
    ]
    for (path, folder) in cases { #expect(AtomicFile.folder(of: path) == folder, "\(path)") }
  }

  @Test func leftoversOfKilledWritersAreRemoved() throws {
    let names = [".needletail-999999999-0.tmp", ".needletail-1-17.tmp"]
    for name in names { try AtomicFile.write([1], to: folder(name)) }
    let others = [
      ".needletail-1-2-3.tmp", ".needletail-.tmp", ".needletail-1-.tmp", ".needletail-x-1.tmp", "needletail-1-2.tmp",
      ".needletail-1-2.tmp~", "model.safetensors",
    ]
    for name in others { try AtomicFile.write([1], to: folder(name)) }
    #expect(AtomicFile.removeLeftovers(in: folder.path) == names.sorted())
    #expect(folder.names == others.sorted())
    #expect(AtomicFile.removeLeftovers(in: folder("missing")) == [])
  }

  @Test func filesBeingWrittenAreNoLeftovers() throws {
    try AtomicFile.write(to: folder("a")) { (file) throws(FileError) in
      try file.write([1])
      #expect(folder.names.count == 1)
      #expect(AtomicFile.removeLeftovers(in: folder.path) == [])
      try file.write([2])
    }
    #expect(try InputFile.contents(of: folder("a"), limit: 10) == [1, 2])
  }

  @Test func writersAtTheSameTimeDoNotMix() async throws {
    let folder = folder
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<8 {
        group.addTask {
          try AtomicFile.write([UInt8](repeating: UInt8(number), count: 10_000), to: folder("a"))
        }
      }
      try await group.waitForAll()
    }
    let bytes = try InputFile.contents(of: folder("a"), limit: 10_000)
    #expect(bytes.count == 10_000 && Set(bytes).count == 1)
    #expect(folder.names == ["a"])
  }
}

#if canImport(Glibc)
  private let fileSizeLimit = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
#else
  private let fileSizeLimit = RLIMIT_FSIZE
#endif
