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
