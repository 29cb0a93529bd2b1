import Autograd
import Datasets
import Foundation
import NNLayers
import Optimizers
import TensorCore
import Testing
import Training

struct CheckpointTests {
  @Test func keepsEveryBit() throws {
    let place = try TemporaryFolder()
    let path = place.path + "/checkpoint.safetensors"
    let checkpoint = try Self.checkpoint()
    try checkpoint.write(to: path)
    let read = try Checkpoint(contentsOf: path)
    #expect(read.run == checkpoint.run)
    #expect(read.state.progress.step == 9_007_199_254_740_993)
    #expect(read.state.progress.sums == checkpoint.state.progress.sums)
    #expect(read.state.progress.history[0].trainingLoss == .infinity)
    #expect(read.state.progress.history[0].testLoss?.isNaN == true)
    #expect(read.state.optimizer.stepCount == 12)
    #expect(read.state.optimizer.numbers == ["0.steps": 12, "third": 1.0 / 3])
    #expect(read.state.optimizer.tensors["0.momentum"]?.doubles.scalars == [0.1, -0.0])
    #expect(read.state.model.entries.map(\.name) == ["weight", "count"])
    guard case .int64(let count)? = read.state.model["count"] else {
      return #expect(Bool(false), "the whole number is not one")
    }
    #expect(count.scalars == [9_007_199_254_740_993])
  }

  @Test func foreignFilesAreNamed() throws {
    let place = try TemporaryFolder()
    let path = place.path + "/checkpoint.safetensors"
    try place.write("no safetensors at all", to: "checkpoint.safetensors")
    #expect(throws: FileError.self) { try Checkpoint(contentsOf: path) }
    try SafetensorsFile.write([("w", .float(Tensor<Float>([1])))], to: path)
    #expect(
      throws: FileError.malformed(
        file: path, expected: "a checkpoint of a training", found: "another safetensors file")
    ) { try Checkpoint(contentsOf: path) }
  }

  @Test func laterVersionsAreRefused() throws {
    let place = try TemporaryFolder()
    let path = place.path + "/checkpoint.safetensors"
    try Self.rewritten(at: path) { $0[SafetensorsFile.versionKey] = "5" }
    #expect(
      throws: FileError.malformed(file: path, expected: "a checkpoint of version 1 or 2 or 3 or 4", found: "version 5")
    ) { try Checkpoint(contentsOf: path) }
  }

  /// Version 3 is this one without validation images, plan and metrics.
  @Test func theVersionWithoutAPlanIsRead() throws {
    let place = try TemporaryFolder()
    let path = place.path + "/checkpoint.safetensors"
    try Self.rewritten(at: path) { metadata in
      metadata[SafetensorsFile.versionKey] = "3"
      let plan = #""plan":{"accumulation":1,"checksGradients":true,"frozen":[],"layerRates":[]},"#
      for setting in [plan, #""metrics":[],"#, #","validationShare":0"#] {
        #expect(metadata["run"]?.contains(setting) == true, "\(metadata["run"] ?? "")")
        metadata["run"] = metadata["run"]?.replacingOccurrences(of: setting, with: "")
      }
    }
    let read = try Checkpoint(contentsOf: path)
    #expect(try read.run.settings == Self.checkpoint().run.settings)
    #expect(read.state.average == nil && read.state.best == nil && read.state.progress.ending == nil)
  }

  @Test func keepsAveragesAndBestWeights() throws {
    let place = try TemporaryFolder()
    let path = place.path + "/checkpoint.safetensors"
    var checkpoint = try Self.checkpoint()
    checkpoint.state.average = OptimizerState(
      stepCount: 3, tensors: ["0.average": .float(Tensor<Float>([0.1, .leastNonzeroMagnitude]))])
    checkpoint.state.best = StateDictionary([("weight", .tensor(.float(Tensor<Float>([7, -0.0]))))])
    checkpoint.state.progress.ending = .timeBudget
    try checkpoint.write(to: path)
    let read = try Checkpoint(contentsOf: path).state
    #expect(read.average?.stepCount == 3)
    #expect(read.average?.tensors["0.average"]?.floats.scalars == [0.1, .leastNonzeroMagnitude])
    #expect(read.best?.entries.map(\.name) == ["weight"] && read.progress.ending == .timeBudget)
    #expect(read.model.entries.map(\.name) == ["weight", "count"])
  }

  /// Version 1 is this one without two settings and the optimiser's numbers, which are its count of steps.
  @Test func theFirstVersionIsRead() throws {
    let place = try TemporaryFolder()
    let path = place.path + "/checkpoint.safetensors"
    try Self.rewritten(at: path) { metadata in
      metadata[SafetensorsFile.versionKey] = "1"
      metadata["optimizer_numbers"] = nil
      for setting in ["\"labelSmoothing\":0,", "\"shift\":0,"] {
        metadata["run"] = metadata["run"]?.replacingOccurrences(of: setting, with: "")
      }
      #expect(metadata["run"]?.contains("shift") == false && metadata["run"]?.contains("Smoothing") == false)
    }
    let read = try Checkpoint(contentsOf: path)
    #expect(try read.run.settings == Self.checkpoint().run.settings)
    #expect(read.state.optimizer.numbers == ["0.steps": 12])
  }

  /// A count that the next step could not add to.
  @Test func endlessCountsAreRefused() throws {
    let place = try TemporaryFolder()
    let path = place.path + "/checkpoint.safetensors"
    try Self.rewritten(at: path) { $0["optimizer_steps"] = "\(Int.max)" }
    #expect(
      throws: FileError.malformed(
        file: path, expected: "the optimiser's number of steps", found: "'\(Int.max)'")
    ) { try Checkpoint(contentsOf: path) }
  }

  @Test(
    arguments: ["run", "progress", "optimizer_steps", "optimizer_numbers"],
    [nil, "", "-1", "[]", "{\"step\": \"x\"}"])
  func brokenTextsAreNamed(key: String, text: String?) throws {
    let place = try TemporaryFolder()
    let path = place.path + "/checkpoint.safetensors"
    try Self.rewritten(at: path) { $0[key] = text }
    let error = #expect(throws: FileError.self) { try Checkpoint(contentsOf: path) }
    #expect(error?.file == path)
    #expect(error?.description.contains("\n") == false)
  }

  @Test func aCutFileIsNamed() throws {
    let place = try TemporaryFolder()
    let path = place.path + "/checkpoint.safetensors"
    try Self.checkpoint().write(to: path)
    let bytes = try place.bytes("checkpoint.safetensors")
    for count in stride(from: 0, to: bytes.count, by: 97) {
      try AtomicFile.write(Array(bytes.prefix(count)), to: path)
      let error = #expect(throws: FileError.self) { try Checkpoint(contentsOf: path) }
      #expect(error?.file == path)
    }
  }

  private static func checkpoint() throws -> Checkpoint {
    var progress = TrainingProgress()
    progress.step = 9_007_199_254_740_993  // one more than a Double counts
    progress.sums.loss = 0.1 + 0.2
    progress.sums.images = 3
    progress.history = [
      EpochReport(
        epoch: 1, step: 4, learningRate: 0.1, trainingLoss: .infinity, trainingAccuracy: 1 / 3, testLoss: .nan,
        testAccuracy: nil, seconds: 0, imagesPerSecond: 0)
    ]
    let state = TrainerState(
      model: StateDictionary([
        ("weight", .tensor(.float(Tensor<Float>([1, .pi])))),
        ("count", .int64(Tensor<Int64>([9_007_199_254_740_993]))),
      ]),
      optimizer: OptimizerState(
        stepCount: 12, tensors: ["0.momentum": .double(Tensor<Double>([0.1, -0.0]))],
        numbers: ["0.steps": 12, "third": 1 / 3]),
      progress: progress)
    let settings = try MadeUpData.settings(seed: .max)
    return Checkpoint(state: state, run: RunDescription(settings: settings, data: try MadeUpData.splits()))
  }

  /// Writes a checkpoint whose texts were changed.
  private static func rewritten(at path: String, _ change: (inout [String: String]) -> Void) throws {
    try checkpoint().write(to: path)
    let file = try SafetensorsFile(path: path)
    var metadata = file.metadata
    change(&metadata)
    let tensors = try file.entries.map { ($0.name, try file.tensor($0.name)) }
    try SafetensorsFile.write(tensors, metadata: metadata, to: path)
  }
}
