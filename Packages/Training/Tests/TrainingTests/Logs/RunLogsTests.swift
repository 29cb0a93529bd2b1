import Foundation
import NNLayers
import TensorCore
import Testing
import Training

struct RunLogsTests {
  /// Trains with logs until the end or a step; goes on with what is in the folder if there is a checkpoint.
  private static func train(in place: TemporaryFolder, stopAt stopStep: Int? = nil) throws {
    let (folder, data) = (RunFolder(place.path), try MadeUpData.splits())
    let model = seeded(7) { TinyNetwork() }
    let run =
      folder.has(.checkpoint)
      ? try TrainingRun(resuming: folder.readCheckpoint(), model, data: data, in: folder)
      : try TrainingRun(starting: MadeUpData.settings(), model, data: data, in: folder)
    let logs = try RunLogs([.jsonl, .tensorboard], of: run)
    let stop = StopRequest()
    _ = try run.run(until: stop) { event in
      try logs.write(event)
      if case .step(let report) = event, report.step == stopStep { stop.request() }
    }
  }

  private static func objects(_ place: TemporaryFolder) throws -> [[String: Any]] {
    try place.text("log.jsonl").split(separator: "\n").map { line in
      try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }

  /// Three epochs of four steps.
  private static let course: [String] = (1...3).flatMap { (epoch: Int) -> [String] in
    let last = 4 * epoch
    let steps: [String] = ((last - 3)...last).map { "step \($0)" }
    return steps + ["epoch \(last)"]
  }

  private static func course(_ objects: [[String: Any]]) -> [String] {
    objects.map { "\($0["event"] as? String ?? "") \($0["step"] as? Int ?? 0)" }
  }

  @Test func aLineForEachStepAndEpoch() throws {
    let place = try TemporaryFolder()
    try Self.train(in: place)
    let objects = try Self.objects(place)
    #expect(Self.course(objects) == Self.course)
    let epochs = objects.filter { $0["event"] as? String == "epoch" }
    let record = try RunFolder(place.path).readRecord()
    for (line, epoch) in zip(epochs, record.epochs) {
      #expect(abs((line["trainingLoss"] as? Double ?? 0) - epoch.trainingLoss) < 1e-12)
      #expect(abs((line["testAccuracy"] as? Double ?? 0) - (epoch.testAccuracy ?? 1)) < 1e-12)
    }
  }

  @Test func aResumedRunGoesOnWithItsLines() throws {
    let whole = try TemporaryFolder()
    try Self.train(in: whole)
    let place = try TemporaryFolder()
    try Self.train(in: place, stopAt: 6)
    let checkpoint = try place.bytes("checkpoint.safetensors")
    // Killed three steps further, in the middle of a line, it goes on from the checkpoint of step 6.
    try Self.train(in: place, stopAt: 9)
    try Data(checkpoint).write(to: URL(fileURLWithPath: "\(place.path)/checkpoint.safetensors"))
    try place.write(try place.text("log.jsonl") + "{\"epoch\":3,\"event\":\"st", to: "log.jsonl")
    try Self.train(in: place)
    #expect(Self.course(try Self.objects(place)) == Self.course)
    let losses = { (place: TemporaryFolder) in try Self.objects(place).map { $0["loss"] as? Double } }
    #expect(try losses(place) == losses(whole))
    // One event file for each of the three.
    #expect(place.names.filter { $0.hasPrefix("events.out.tfevents.") }.count == 3)
  }

  @Test func eventFilesHaveWhatWasMeasured() throws {
    let place = try TemporaryFolder()
    try Self.train(in: place)
    let name = try #require(place.names.first { $0.hasPrefix("events.out.tfevents.") })
    let records = try Self.records(place.bytes(name))
    // The version, twelve steps and three epochs.
    #expect(records.count == 16)
    let epoch = try #require(records.last)
    for tag in ["loss/training", "loss/test", "accuracy/test", "parameters/first.weight", "parameters/second.bias"] {
      #expect(epoch.firstRange(of: Array(tag.utf8)) != nil, "\(tag)")
    }
    #expect(records[1].firstRange(of: Array("learning_rate".utf8)) != nil)
  }

  @Test func anotherRunInTheFolderBeginsAnew() throws {
    let place = try TemporaryFolder()
    try place.write("old", to: "events.out.tfevents.1.old")
    try place.write("{\"step\":1}\n", to: "log.jsonl")
    try Self.train(in: place)
    #expect(Self.course(try Self.objects(place)) == Self.course)
    #expect(place.names.filter { $0.hasPrefix("events.out.tfevents.") }.count == 1)
    #expect(!place.names.contains("events.out.tfevents.1.old"))
  }

  /// The contents of the records, whose lengths and checksums must be right.
  private static func records(_ bytes: [UInt8]) throws -> [[UInt8]] {
    var contents: [[UInt8]] = []
    var position = 0
    while position < bytes.count {
      let length = bytes[position..<(position + 8)].reversed().reduce(0) { $0 << 8 | Int($1) }
      let content = Array(bytes[(position + 12)..<(position + 12 + length)])
      #expect(Array(bytes[position..<(position + 16 + length)]) == EventFile.record(content))
      contents.append(content)
      position += 16 + length
    }
    return contents
  }
}
