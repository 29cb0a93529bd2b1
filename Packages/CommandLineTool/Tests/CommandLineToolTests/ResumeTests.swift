import Foundation
import Testing

struct ResumeTests {
  private static let training =
    ["train", "--model", "lenet5", "--dataset", "digits", "--epochs", "6", "--json", "--output"]

  /// The weights of a run that was never stopped.
  private func uninterrupted(_ place: TemporaryFolder) throws -> [UInt8] {
    #expect(try place.program.start(Self.training + ["whole"]).result().status == 0)
    return try place.bytes("whole/model.safetensors")
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func stoppedAndResumedIsAsNeverStopped(signal: Int32) throws {
    let place = try TemporaryFolder()
    let running = try place.program.start(Self.training + ["run"])
    #expect(running.waits(for: #""event":"epoch""#))
    kill(running.process.processIdentifier, signal)
    let stopped = try running.result()
    #expect(stopped.status == 130)
    #expect(running.process.terminationReason == .exit)
    let last = try #require(stopped.objects.last ?? nil)
    #expect(last["event"] as? String == "interrupted")
    #expect(last["resume"] as? String == "needletail train --resume run")
    #expect(place.names("run") == ["checkpoint.safetensors", "log.csv"])
    let evaluated = try place.program.run("evaluate", "run")
    #expect(evaluated.status == 1)
    #expect(evaluated.oneLine?.contains("train --resume run") == true)

    let resumed = try place.program.run("train", "--resume", "run", "--json")
    #expect(resumed.status == 0)
    #expect(resumed.objects.first??["step"] as? Int == last["step"] as? Int)
    #expect(try place.bytes("run/model.safetensors") == uninterrupted(place))
    #expect(place.names("run") == resultNames)
  }

  @Test func killedAtAnyMomentGoesOn() throws {
    let place = try TemporaryFolder()
    let weights = try uninterrupted(place)
    for (number, milliseconds) in [0, 3, 40, 150, 400].enumerated() {
      let folder = "run-\(number)"
      let running = try place.program.start(Self.training + [folder])
      if milliseconds > 3 { _ = running.waits(for: #""event":"epoch""#) }
      usleep(UInt32(milliseconds) * 1000)
      kill(running.process.processIdentifier, SIGKILL)
      _ = try running.result()
      let hasCheckpoint = place.names(folder).contains("checkpoint.safetensors")
      let next = hasCheckpoint ? ["train", "--resume", folder] : Self.training + [folder]
      #expect(try place.program.start(next).result().status == 0)
      #expect(try place.bytes("\(folder)/model.safetensors") == weights)
      #expect(place.names(folder) == resultNames)
    }
  }

  @Test func aFolderInUseIsRefused() throws {
    let place = try TemporaryFolder()
    let running = try place.program.start(
      ["train", "--model", "lenet5", "--dataset", "digits", "--epochs", "100000", "--json", "--output", "run"])
    #expect(running.waits(for: #""event":"epoch""#))
    let commands = [["train", "--resume", "run"], shortTraining + ["--overwrite"]]
    for command in commands {
      let refused = try place.program.start(command).result()
      #expect(refused.status == 1)
      #expect(refused.oneLine?.contains("run: expected a folder that no run is writing to") == true)
    }
    kill(running.process.processIdentifier, SIGKILL)
    _ = try running.result()
    // The system has dropped the lock with the process.
    #expect(try place.program.start(shortTraining + ["--overwrite"]).result().status == 0)
  }

  @Test func aFinishedRunSaysSoAndWritesWhatIsMissing() throws {
    let place = try TemporaryFolder()
    #expect(try place.program.start(shortTraining).result().status == 0)
    let before = try resultNames.map { try place.bytes("run/\($0)") }
    let again = try place.program.run("train", "--resume", "run")
    #expect(again.status == 0)
    #expect(again.output.contains("this run is finished"))
    for name in resultNames where name != "checkpoint.safetensors" {
      try FileManager.default.removeItem(atPath: "\(place.path)/run/\(name)")
      #expect(try place.program.run("train", "--resume", "run", "--quiet").status == 0)
      #expect(place.names("run") == resultNames)
    }
    #expect(try place.bytes("run/model.safetensors") == before[2])
  }

  @Test func refusesWhatIsNoRun() throws {
    let place = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: place.path + "/empty", withIntermediateDirectories: false)
    try place.write(Array("not a checkpoint at all".utf8), to: "empty/other")
    for folder in ["empty", "nowhere"] {
      let result = try place.program.run("train", "--resume", folder)
      #expect(result.status == 1)
      #expect(result.oneLine?.contains(folder) == true)
    }
    try place.write(Array("not a checkpoint at all".utf8), to: "empty/checkpoint.safetensors")
    let broken = try place.program.run("train", "--resume", "empty")
    #expect(broken.status == 1)
    #expect(broken.oneLine?.contains("empty/checkpoint.safetensors") == true)
  }
}
