import Foundation
import Testing

struct LogsTests {
  @Test func writesTheLogsThatAreAskedFor() throws {
    let place = try TemporaryFolder()
    let result = try place.program.start(shortTraining + ["--logs", "csv,jsonl,tensorboard"]).result()
    #expect(result.status == 0, "\(result.complaint)")
    let names = place.names("run")
    #expect(names.contains("log.csv") && names.contains("log.jsonl"))
    let events = try #require(names.first { $0.hasPrefix("events.out.tfevents.") })
    let bytes = try place.bytes("run/\(events)")
    for text in ["brain.Event:2", "loss/test", "parameters/features.0.weight", "filters/features.0.weight"] {
      #expect(bytes.firstRange(of: Array(text.utf8)) != nil, "\(text)")
    }
    let lines = try place.text("run/log.jsonl").split(separator: "\n")
    // 1,438 images in batches of 32 are 45 steps; two epochs of them with a line each.
    #expect(lines.count == 92)
  }

  @Test func aRunGoesOnWithItsLogs() throws {
    let place = try TemporaryFolder()
    let running = try place.program.start(
      shortTraining.map { $0 == "2" ? "8" : $0 } + ["--logs", "jsonl"])
    #expect(running.waits(for: "epoch   2"))
    running.process.interrupt()
    #expect(try running.result().status == 130)
    #expect(try place.program.run("train", "--resume", "run", "--quiet").status == 0)
    let lines = try place.text("run/log.jsonl").split(separator: "\n")
    let steps = lines.compactMap { line -> Int? in
      let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      return object?["event"] as? String == "step" ? object?["step"] as? Int : nil
    }
    #expect(steps == Array(1...360))
    #expect(lines.count == 368)
  }

  @Test func refusesOtherForms() throws {
    let place = try TemporaryFolder()
    let result = try place.program.start(shortTraining + ["--logs", "csv,tensorbord"]).result()
    #expect(result.status == 64 && place.names().isEmpty)
    #expect(result.oneLine?.contains("did you mean tensorboard?") == true, "\(result.complaint)")
  }
}
