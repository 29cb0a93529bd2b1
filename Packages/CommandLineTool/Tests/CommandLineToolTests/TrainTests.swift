import Foundation
import Testing

/// Options of a short training on the built-in digits into the folder `run`.
let shortTraining = ["train", "--model", "lenet5", "--dataset", "digits", "--epochs", "2", "--output", "run"]
/// What a finished run leaves.
let resultNames = ["checkpoint.safetensors", "log.csv", "model.safetensors", "report.html", "run.json"]

struct TrainTests {
  @Test func trainsAndSaysWhatCameOut() throws {
    let place = try TemporaryFolder()
    let result = try place.program.start(shortTraining).result()
    #expect(result.status == 0)
    #expect(result.complaint.isEmpty)
    #expect(place.names("run") == resultNames)
    let epochs = result.lines.filter { $0.hasPrefix("epoch") }
    #expect(epochs.count == 2)
    #expect(epochs.allSatisfy { $0.contains("test accuracy") && $0.contains("images/s") })
    #expect(result.output.contains("of 359 test images recognised"))
    #expect(result.output.contains("Confusion matrix"))
    #expect(result.output.contains("taken for"))
    #expect(result.output.contains("█"))
    // A pipe sees no control sequences.
    #expect(!result.output.contains("\u{1B}") && !result.output.contains("\r"))
    for name in resultNames { #expect(result.output.contains(name)) }
  }

  @Test func writesOneObjectALine() throws {
    let place = try TemporaryFolder()
    let result = try place.program.start(shortTraining + ["--json"]).result()
    #expect(result.status == 0)
    let objects = result.objects.compactMap { $0 }
    #expect(objects.count == result.lines.count)
    let events = objects.compactMap { $0["event"] as? String }
    #expect(events.first == "start")
    #expect(events.filter { $0 == "epoch" }.count == 2)
    #expect(events.last == "finished")
    let record = try #require(
      JSONSerialization.jsonObject(with: Data(place.bytes("run/run.json"))) as? [String: Any])
    let accuracy = try #require(record["testAccuracy"] as? Double)
    #expect(objects.last?["testAccuracy"] as? Double == accuracy)
    let confusion = try #require(objects.last?["confusion"] as? [[Int]])
    #expect(confusion.joined().reduce(0, +) == 359)
    let correct = confusion.indices.reduce(0) { $0 + confusion[$1][$1] }
    // Not every reader of JSON rounds to the nearest number.
    #expect(abs(Double(correct) / 359 - accuracy) < 1e-12)
  }

  @Test func quietSaysNothing() throws {
    let place = try TemporaryFolder()
    let options = ["--quiet", "--optimizer", "adam", "--schedule", "step"]
    let result = try place.program.start(shortTraining + options).result()
    #expect(result.status == 0)
    #expect(result.output.isEmpty && result.complaint.isEmpty)
    #expect(place.names("run") == resultNames)
  }

  @Test func threadsAndLaterRunsChangeNoBit() throws {
    let place = try TemporaryFolder()
    for (folder, threads) in [("one", "1"), ("two", "2"), ("again", "2")] {
      let result = try place.program.start(
        shortTraining.dropLast() + [folder, "--threads", threads, "--seed", "3", "--quiet"]
      ).result()
      #expect(result.status == 0)
    }
    let weights = try place.bytes("one/model.safetensors")
    #expect(try place.bytes("two/model.safetensors") == weights)
    #expect(try place.bytes("again/model.safetensors") == weights)
  }

  @Test func seedsDiffer() throws {
    let place = try TemporaryFolder()
    for seed in ["1", "2"] {
      _ = try place.program.start(shortTraining.dropLast() + [seed, "--seed", seed, "--epochs", "1"]).result()
    }
    #expect(try place.bytes("1/model.safetensors") != place.bytes("2/model.safetensors"))
  }

  @Test func countsNewFolders() throws {
    let place = try TemporaryFolder()
    for _ in 1...2 {
      let result = try place.program.start(shortTraining.dropLast(2) + ["--epochs", "1"]).result()
      #expect(result.status == 0)
    }
    #expect(place.names("runs") == ["lenet5-digits-1", "lenet5-digits-2"])
    #expect(place.names("runs/lenet5-digits-2") == resultNames)
  }

  @Test func keepsARunUnlessToldOtherwise() throws {
    let place = try TemporaryFolder()
    _ = try place.program.start(shortTraining + ["--epochs", "1"]).result()
    let before = try resultNames.map { try place.bytes("run/\($0)") }
    let refused = try place.program.start(shortTraining + ["--seed", "2"]).result()
    #expect(refused.status == 1)
    #expect(refused.oneLine?.contains("--resume run") == true)
    #expect(refused.oneLine?.contains("--overwrite") == true)
    #expect(try resultNames.map { try place.bytes("run/\($0)") } == before)
    let replaced = try place.program.start(shortTraining + ["--seed", "2", "--overwrite"]).result()
    #expect(replaced.status == 0)
    #expect(try place.bytes("run/model.safetensors") != before[2])
  }

  @Test func startsInAFolderWithoutACheckpoint() throws {
    let place = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: place.path + "/run", withIntermediateDirectories: false)
    try place.write(Array("mine".utf8), to: "run/notes.txt")
    #expect(try place.program.start(shortTraining + ["--epochs", "1"]).result().status == 0)
    #expect(place.names("run") == (resultNames + ["notes.txt"]).sorted())
  }

  @Test func refusesAFolderThatCannotBe() throws {
    let place = try TemporaryFolder()
    try place.write([1, 2, 3], to: "file")
    for folder in ["file", "file/run"] {
      let result = try place.program.start(shortTraining.dropLast() + [folder]).result()
      #expect(result.status == 1)
      #expect(result.oneLine?.contains("file") == true, "\(result.complaint)")
      #expect(!result.output.contains("epoch "))
    }
    #expect(try place.bytes("file") == [1, 2, 3])
  }
}
