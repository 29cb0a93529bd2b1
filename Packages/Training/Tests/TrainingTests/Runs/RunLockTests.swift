import Foundation
import TensorCore
import Testing
import Training

/// Two runs never write into one folder.
struct RunLockTests {
  @Test func oneRunKeepsOthersOut() throws {
    let place = try TemporaryFolder()
    let folder = RunFolder(place.path)
    try place.write("anything", to: "checkpoint.safetensors")
    let lock = try folder.prepareForStart(overwriting: true)
    withExtendedLifetime(lock) {
      let inUse = RunFolderError.inUse(folder: place.path)
      #expect(throws: inUse) { try folder.prepareForStart() }
      #expect(throws: inUse) { try folder.prepareForStart(overwriting: true) }
      #expect(throws: inUse) { try folder.prepareForResumption() }
      // Another name of the same folder is no way around.
      #expect(throws: RunFolderError.self) { try RunFolder(place.path + "/.").prepareForResumption() }
      #expect(place.names == ["checkpoint.safetensors"])
    }
  }

  @Test func theEndOfARunLetsOthersIn() throws {
    let place = try TemporaryFolder()
    let folder = RunFolder(place.path)
    try startRun(MadeUpData.settings(), in: folder, stopAt: 2)
    try folder.prepareForResumption()
    try folder.prepareForResumption()
    try startRun(MadeUpData.settings(), in: folder, overwriting: true)
    try folder.prepareForStart(overwriting: true)
  }

  @Test func aRunUnderWayHoldsItsFolder() throws {
    let place = try TemporaryFolder()
    let folder = RunFolder(place.path)
    let run = try TrainingRun(
      starting: MadeUpData.settings(), TinyNetwork(), data: MadeUpData.splits(), in: folder)
    var refusals = 0
    let outcome = try run.run { _ in
      do {
        try folder.prepareForStart(overwriting: true)
      } catch RunFolderError.inUse { refusals += 1 }
    }
    guard case .finished = outcome else { return #expect(Bool(false), "the run was stopped") }
    #expect(refusals >= 15)
    try folder.prepareForResumption()
  }
}
