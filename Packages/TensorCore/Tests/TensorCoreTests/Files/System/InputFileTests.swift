import Foundation
import TensorCore
import Testing

@Suite struct InputFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func readsAllAndParts() throws {
    let path = folder("a")
    try AtomicFile.write([1, 2, 3, 4, 5], to: path)
    #expect(try InputFile.contents(of: path, limit: 5) == [1, 2, 3, 4, 5])
    let file = try InputFile(path: path)
    #expect(file.count == 5)
    var part: [UInt8] = [0, 0]
    try part.withUnsafeMutableBytes { try file.read(into: $0, at: 2) }
    #expect(part == [3, 4])
    try AtomicFile.write([], to: path)
    #expect(try InputFile.contents(of: path, limit: 0) == [])
  }

  @Test func limitHolds() throws {
    try AtomicFile.write([1, 2, 3], to: folder("a"))
    #expect(throws: FileError.tooLarge(file: folder("a"), limit: 2)) {
      try InputFile.contents(of: folder("a"), limit: 2)
    }
  }

  @Test func fileCutAfterOpeningIsNoticed() throws {
    let path = folder("a")
    try AtomicFile.write([1, 2, 3, 4], to: path)
    let file = try InputFile(path: path)
    #expect(truncate(path, 3) == 0)
    var bytes: [UInt8] = [0, 0]
    let error = #expect(throws: FileError.self) { try bytes.withUnsafeMutableBytes { try file.read(into: $0, at: 2) } }
    #expect(
      error
        == .malformed(file: path, expected: "2 bytes at byte 2", found: "the end of the file after 3 bytes"))
  }

  @Test func whatIsNoFileIsRefused() throws {
    #expect(throws: FileError.missing(file: folder("no"))) { try InputFile(path: folder("no")) }
    try AtomicFile.write([], to: folder("a"))
    #expect(throws: FileError.missing(file: folder("a/b"))) { try InputFile(path: folder("a/b")) }
    #expect(throws: FileError.notAFile(file: folder.path, kind: "a folder")) { try InputFile(path: folder.path) }
    #expect(throws: FileError.notAFile(file: "/dev/null", kind: "a device")) { try InputFile(path: "/dev/null") }
    // Opening a pipe that nobody writes to must not wait.
    #expect(mkfifo(folder("pipe"), 0o600) == 0)
    #expect(throws: FileError.notAFile(file: folder("pipe"), kind: "a pipe")) { try InputFile(path: folder("pipe")) }
    #expect(throws: FileError.self) { try InputFile(path: "") }
    #expect(throws: FileError.self) { try InputFile(path: folder("a\0b")) }
  }

  @Test func permissionIsNamed() throws {
    try AtomicFile.write([1], to: folder("a"))
    #expect(chmod(folder("a"), 0) == 0)
    // An administrator may read everything.
    if getuid() == 0 {
      #expect(try InputFile.contents(of: folder("a"), limit: 1) == [1])
    } else {
      let error = #expect(throws: FileError.self) { try InputFile(path: folder("a")) }
      #expect(error?.description == "\(folder("a")): no permission to read it")
    }
  }
}
