import Datasets
import Foundation
import NNLayers
import TensorCore
import Testing
import Training

struct TrainingRunTests {
  @Test func leavesAllFilesAndNoOthers() throws {
    let place = try TemporaryFolder()
    let folder = RunFolder(place.path + "/new/run")
    guard case .finished(let record, let evaluation) = try startRun(MadeUpData.settings(), in: folder) else {
      return #expect(Bool(false), "the run was stopped")
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(names == ["checkpoint.safetensors", "log.csv", "model.safetensors", "report.html", "run.json"])
    #expect(try folder.readRecord() == record)
    #expect(record.epochs.count == 3)
    #expect(record.step == 12)
    #expect(record.testAccuracy == evaluation.accuracy)
  }

  @Test func recordIsOfTheSavedWeights() throws {
    let place = try TemporaryFolder()
    let folder = RunFolder(place.path)
    try startRun(MadeUpData.settings(), in: folder)
    let model = TinyNetwork()
    try model.load(StateDictionary(contentsOf: folder.path(of: .model)))
    let record = try folder.readRecord()
    let test = PreparedImages(try MadeUpData.splits().test, record.settings.preprocessing)
    let evaluation = try evaluate(model, on: test, batchSize: record.settings.batchSize)
    #expect(evaluation.accuracy == record.testAccuracy)
    #expect(evaluation.loss == record.testLoss)
    let object = try JSONSerialization.jsonObject(with: Data(place.bytes("run.json"))) as? [String: Any]
    #expect(object?["testAccuracy"] as? Double == evaluation.accuracy)
  }

  @Test func logHasALineForEachEpoch() throws {
    let place = try TemporaryFolder()
    try startRun(MadeUpData.settings(), in: RunFolder(place.path))
    let lines = try place.text("log.csv").split(separator: "\n")
    #expect(
      lines[0]
        == "epoch,step,learning_rate,training_loss,training_accuracy,test_loss,test_accuracy,seconds,images_per_second")
    #expect(lines.dropFirst().map { $0.prefix { $0 != "," } } == ["1", "2", "3"])
    #expect(lines.dropFirst().allSatisfy { $0.split(separator: ",").compactMap { Double($0) }.count == 9 })
  }

  @Test func missingResultsAreWrittenAgain() throws {
    let place = try TemporaryFolder()
    let folder = RunFolder(place.path)
    try startRun(MadeUpData.settings(), in: folder)
    let names = RunFolder.Name.allCases.filter { $0 != .best }
    let before = try names.map { try place.bytes($0.rawValue) }
    for name in names where name != .checkpoint {
      try FileManager.default.removeItem(atPath: folder.path(of: name))
      #expect(folder.missingResults(of: try folder.readCheckpoint()).contains(name))
      guard case .finished = try resumeRun(in: folder) else {
        return #expect(Bool(false), "\(name) was not written again")
      }
      #expect(folder.missingResults(of: try folder.readCheckpoint()).isEmpty)
    }
    #expect(try names.map { try place.bytes($0.rawValue) } == before)
  }

  @Test func aFinishedRunIsLeftAlone() throws {
    let place = try TemporaryFolder()
    let folder = RunFolder(place.path)
    try startRun(MadeUpData.settings(), in: folder)
    func dates() throws -> [Date?] {
      try place.names.map {
        try FileManager.default.attributesOfItem(atPath: "\(place.path)/\($0)")[.modificationDate] as? Date
      }
    }
    let before = try dates()
    #expect(try folder.readCheckpoint().isFinished)
    try resumeRun(in: folder)
    #expect(try dates() == before)
  }

  @Test func overwritingKeepsTheOldRunUntilTheNewHasACheckpoint() throws {
    let place = try TemporaryFolder()
    let folder = RunFolder(place.path)
    try startRun(MadeUpData.settings(), in: folder)
    let old = try place.bytes("checkpoint.safetensors")
    let oldModel = try place.bytes("model.safetensors")
    try FileManager.default.copyItem(atPath: folder.path(of: .model), toPath: folder.path(of: .best))
    let settings = try MadeUpData.settings(seed: 8)
    let run = try TrainingRun(
      starting: settings, TinyNetwork(), data: MadeUpData.splits(), in: folder, overwriting: true)
    let stop = StopRequest()
    _ = try run.run(until: stop) { event in
      guard case .step(let report) = event else { return }
      let now = try place.bytes("checkpoint.safetensors")
      if report.step <= 4 { #expect(now == old) }
      if report.step == 6 { stop.request() }
    }
    // The new run can be gone on with; the old weights stay with their record until there are new ones.
    #expect(try folder.readCheckpoint().run.settings.seed == 8)
    #expect(try place.bytes("model.safetensors") == oldModel)
    #expect(try folder.readRecord().settings.seed == 7 && folder.has(.best))
    try resumeRun(in: folder)
    #expect(!folder.has(.best))
    #expect(try folder.readRecord().settings.seed == 8)
    #expect(try place.bytes("model.safetensors") != oldModel)
  }

  @Test func checkpointsInTheMiddleOfAnEpoch() throws {
    let place = try TemporaryFolder()
    let folder = RunFolder(place.path)
    let run = try TrainingRun(
      starting: MadeUpData.settings(), TinyNetwork(), data: MadeUpData.splits(), in: folder, checkpointInterval: 0)
    _ = try run.run { event in
      guard case .step(let report) = event else { return }
      let saved = try folder.readCheckpoint().state.progress.step
      #expect(saved == report.step)
    }
  }

  @Test func wrongSettingsTouchNoFolder() throws {
    let place = try TemporaryFolder()
    var settings = try MadeUpData.settings()
    settings.learningRate = .nan
    let expected = SettingsError("learningRate", expected: "a finite number above 0", found: "nan")
    #expect(throws: expected) { try startRun(settings, in: RunFolder(place.path + "/run")) }
    #expect(place.names.isEmpty)
  }

  @Test func otherDataAreRefused() throws {
    let place = try TemporaryFolder()
    let folder = RunFolder(place.path)
    try startRun(MadeUpData.settings(), in: folder, stopAt: 5)
    let data = try MadeUpData.splits(training: 31)
    let error = #expect(throws: FileError.self) {
      try TrainingRun(resuming: folder.readCheckpoint(), TinyNetwork(), data: data, in: folder)
    }
    #expect(error?.file == folder.path(of: .checkpoint))
    #expect(error?.description.contains("31 training") == true)
  }

  @Test func otherNetworksAreRefused() throws {
    let place = try TemporaryFolder()
    let folder = RunFolder(place.path)
    try startRun(MadeUpData.settings(), in: folder, stopAt: 5)
    let other = Sequential(Flatten(), Linear(16, 3))
    let error = #expect(throws: FileError.self) {
      try TrainingRun(resuming: folder.readCheckpoint(), other, data: MadeUpData.splits(), in: folder)
    }
    #expect(error?.file == folder.path(of: .checkpoint))
  }
}
