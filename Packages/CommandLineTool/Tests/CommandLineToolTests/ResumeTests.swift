import Foundation
import TensorCore
import Testing
import Training

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

  /// Killed ten times at random moments, before its first checkpoint and while it writes: no file is ever broken, and the
  /// weights are those of a run that was never stopped. `make soak` does it 200 times.
  @Test(
    arguments: [
      [],
      [
        "--validation", "0.2", "--early-stopping", "2", "--accumulation", "2", "--clip-norm", "1", "--average",
        "exponential",
        "--average-decay", "0.9", "--freeze", "features.0:1-2", "--layer-rate", "classifier.2=0.5", "--schedule",
        "plateau", "--metrics",
        "top-2",
      ],
    ])
  func killedAtRandomMomentsGoesOn(options: [String]) throws {
    let place = try TemporaryFolder()
    #expect(try place.program.start(Self.training + ["whole"] + options).result().status == 0)
    var random = RandomStream(seed: 5)
    for kills in 0..<10 {
      let running = try place.program.start(next(place, options))
      if kills % 3 != 0 { _ = running.waits(for: #""event":"epoch""#) }
      usleep(UInt32.random(in: 0..<60_000, using: &random))
      kill(running.process.processIdentifier, SIGKILL)
      _ = try running.result()
      try checkFiles(place)
    }
    #expect(try place.program.start(next(place, options)).result().status == 0)
    try checkFiles(place)
    for name in ["model.safetensors", "best.safetensors"] where place.names("whole").contains(name) {
      #expect(try place.bytes("run/\(name)") == place.bytes("whole/\(name)"))
    }
    #expect(place.names("run") == place.names("whole"))
    #expect(place.names("run") == (options.isEmpty ? resultNames : ["best.safetensors"] + resultNames))
  }

  /// How to go on with the run: from its checkpoint, or anew if there is none.
  private func next(_ place: TemporaryFolder, _ options: [String]) -> [String] {
    let hasCheckpoint = place.names("run").contains("checkpoint.safetensors")
    return hasCheckpoint ? ["train", "--resume", "run", "--json"] : Self.training + ["run"] + options
  }

  /// Every file under its own name is whole.
  private func checkFiles(_ place: TemporaryFolder) throws {
    for name in place.names("run") {
      let path = "\(place.path)/run/\(name)"
      switch name {
      case "checkpoint.safetensors": _ = try Checkpoint(contentsOf: path)
      case "best.safetensors", "model.safetensors": _ = try StateDictionary(contentsOf: path)
      case "log.csv": #expect(try place.text("run/log.csv").hasSuffix("\n"))
      case "run.json": _ = try RunFolder(place.path + "/run").readRecord()
      case "report.html": #expect(try place.text("run/report.html").contains("</html>"))
      default: #expect(name.hasPrefix(".needletail-") && name.hasSuffix(".tmp"), "\(name)")
      }
    }
  }

  #if os(Linux)
    /// A limit on the size of files stands for a full disk: the system refuses bytes in the middle of a file. The error names
    /// it, and the earlier checkpoint is what it was.
    @Test func aFullDiskLeavesTheEarlierCheckpoint() throws {
      let place = try TemporaryFolder()
      let running = try place.program.start(Self.training + ["run"])
      #expect(running.waits(for: #""event":"epoch""#))
      kill(running.process.processIdentifier, SIGINT)
      #expect(try running.result().status == 130)
      let before = try place.bytes("run/checkpoint.safetensors")
      let shell = try RunningProgram(
        URL(fileURLWithPath: "/bin/bash"),
        [
          // In units of 1,024 bytes; the checkpoint has 493 kB. Ignored signals are ignored by the program, too.
          "-c", "trap '' XFSZ; ulimit -f 100; exec '\(try Program.path.path)' train --resume run --json",
        ], in: place.path)
      let full = try shell.result()
      #expect(full.status == 1)
      #expect(full.oneLine?.contains("run/checkpoint.safetensors: cannot write it: File too large") == true)
      #expect(try place.bytes("run/checkpoint.safetensors") == before)
      #expect(place.names("run") == ["checkpoint.safetensors", "log.csv"])
      #expect(try place.program.run("train", "--resume", "run", "--quiet").status == 0)
      #expect(try place.bytes("run/model.safetensors") == uninterrupted(place))
    }
  #endif

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
