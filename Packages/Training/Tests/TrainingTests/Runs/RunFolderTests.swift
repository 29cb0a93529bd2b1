import Foundation
import TensorCore
import Testing
import Training

struct RunFolderTests {
  @Test func startsInAFolderWithoutCheckpoint() throws {
    let place = try TemporaryFolder()
    try place.write("mine", to: "notes.txt")
    try place.write("half", to: ".needletail-1-0.tmp")
    try RunFolder(place.path).prepareForStart()
    #expect(place.names == ["notes.txt"])
  }

  @Test func refusesAFolderWithACheckpoint() throws {
    let place = try TemporaryFolder()
    let folder = RunFolder(place.path)
    try place.write("anything", to: "checkpoint.safetensors")
    #expect(throws: RunFolderError.occupied(folder: place.path)) { try folder.prepareForStart() }
    try folder.prepareForStart(overwriting: true)
    #expect(try place.text("checkpoint.safetensors") == "anything")
  }

  @Test func refusesAFile() throws {
    let place = try TemporaryFolder()
    try place.write("", to: "file")
    let folder = RunFolder(place.path + "/file")
    #expect(throws: RunFolderError.notAFolder(path: folder.path)) { try folder.prepareForStart() }
    let error = #expect(throws: FileError.self) { try RunFolder(folder.path + "/below").prepareForStart() }
    #expect(error?.file == folder.path + "/below")
    let next = #expect(throws: FileError.self) { try RunFolder.next(in: folder.path + "/below", name: "run") }
    #expect(next?.file == folder.path + "/below")
  }

  /// What is wrong, in the system's words.
  @Test func foldersThatCannotBeMadeSayWhy() throws {
    let place = try TemporaryFolder()
    try place.write("", to: "file")
    let cases = [
      ("/dev/null", "expected a folder, found a device"), (place.path + "/file", "expected a folder, found a file"),
      ("/dev/null/x", "cannot create it: Not a directory"),
      (place.path + "/file/x/y", "cannot create it: Not a directory"),
      (place.path + "/" + String(repeating: "a", count: 300), "cannot create it: File name too long"),
      ("", "cannot create it: No such file or directory"),
    ]
    for (path, reason) in cases {
      let error = #expect(throws: (any Error).self) { try RunFolder(path).prepareForStart() }
      #expect((error as? any CustomStringConvertible)?.description == "\(path): \(reason)")
    }
    try RunFolder(place.path + "/a/b/c/").prepareForStart()
    #expect(FileManager.default.fileExists(atPath: place.path + "/a/b/c"))
  }

  @Test func refusesToResumeNothing() throws {
    let place = try TemporaryFolder()
    let folder = RunFolder(place.path)
    #expect(throws: RunFolderError.noRun(folder: place.path)) { try folder.readCheckpoint() }
    #expect(throws: RunFolderError.noRun(folder: place.path)) { try folder.prepareForResumption() }
    #expect(throws: FileError.missing(file: place.path + "/none")) {
      try RunFolder(place.path + "/none").readCheckpoint()
    }
  }

  @Test func refusesTheRecordOfAStoppedRun() throws {
    let place = try TemporaryFolder()
    let folder = RunFolder(place.path)
    #expect(throws: RunFolderError.noRun(folder: place.path)) { try folder.readRecord() }
    try startRun(MadeUpData.settings(), in: folder, stopAt: 2)
    #expect(throws: RunFolderError.unfinished(folder: place.path)) { try folder.readRecord() }
  }

  @Test func brokenRecordsAreNamed() throws {
    let place = try TemporaryFolder()
    let folder = RunFolder(place.path)
    for text in ["", "[]", "{\"formatVersion\": 9}", "{\"formatVersion\": 1}"] {
      try place.write(text, to: "run.json")
      let error = #expect(throws: FileError.self) { try folder.readRecord() }
      #expect(error?.file == folder.path(of: .record))
    }
  }

  @Test func newFoldersCountOn() throws {
    let place = try TemporaryFolder()
    let parent = place.path + "/runs"
    #expect(try RunFolder.next(in: parent, name: "lenet5-digits").path == parent + "/lenet5-digits-1")
    #expect(try RunFolder.next(in: parent, name: "lenet5-digits").path == parent + "/lenet5-digits-2")
    #expect(try RunFolder.next(in: parent, name: "lenet5").path == parent + "/lenet5-1")
    try FileManager.default.removeItem(atPath: parent + "/lenet5-digits-1")
    #expect(try RunFolder.next(in: parent, name: "lenet5-digits").path == parent + "/lenet5-digits-3")
  }
}
