import Autograd
import Optimizers
import TensorCore
import Testing
import Training

/// Stopping after any step and going on gives the bits of a run that never stopped.
@Suite(.serialized) struct ExactResumeTests {
  @Test(arguments: [OptimizerSettings.momentum, .adam], [1, 2])
  func stoppedAfterAnyStep(optimizer: OptimizerSettings, threads: Int) throws {
    let settings = try MadeUpData.settings(optimizer: optimizer, labelSmoothing: 0.1, shift: 1, threads: threads)
    let reference = try finished(settings, stops: [])
    for stop in 1...12 { try expectSame(finished(settings, stops: [stop]), reference, "stopped after \(stop)") }
    try expectSame(finished(settings, stops: [3, 4, 5, 11]), reference, "stopped four times")
  }

  @Test func threadsChangeNothing() throws {
    let one = try finished(MadeUpData.settings(shift: 1, threads: 1), stops: [])
    let two = try finished(MadeUpData.settings(shift: 1, threads: 2), stops: [])
    #expect(one.model == two.model)
    #expect(one.log == two.log)
  }

  @Test func seedsChangeTheWeights() throws {
    let one = try finished(MadeUpData.settings(seed: 1), stops: [])
    let two = try finished(MadeUpData.settings(seed: 2), stops: [])
    #expect(one.model != two.model)
  }

  @Test func smoothingAndShiftsChangeTheWeights() throws {
    let models = try [(0, 0), (0.1, 0), (0, 1)].map { smoothing, shift in
      try finished(MadeUpData.settings(labelSmoothing: smoothing, shift: shift), stops: []).model
    }
    #expect(Set(models).count == 3)
  }

  /// What a run leaves that no time is in.
  struct Result {
    let model: [UInt8]
    let log: [String]
    let optimizer: [String: [Float]]
    let testAccuracy: Double
  }

  private func finished(_ settings: RunSettings, stops: [Int]) throws -> Result {
    let place = try TemporaryFolder()
    let folder = RunFolder(place.path)
    var outcome = try startRun(settings, in: folder, stopAt: stops.first)
    for stop in stops.dropFirst().map(Optional.some) + [nil] where !folder.has(.record) {
      guard case .stopped = outcome else { break }
      outcome = try resumeRun(in: folder, stopAt: stop)
    }
    let record = try folder.readRecord()
    let optimizer = try folder.readCheckpoint().state.optimizer.tensors.mapValues { $0.floats.scalars }
    return Result(
      model: try place.bytes("model.safetensors"), log: untimed(try place.text("log.csv")), optimizer: optimizer,
      testAccuracy: record.testAccuracy)
  }

  private func expectSame(_ result: Result, _ reference: Result, _ what: Comment) {
    #expect(result.model == reference.model, what)
    #expect(result.log == reference.log, what)
    #expect(result.optimizer == reference.optimizer, what)
    #expect(result.testAccuracy == reference.testAccuracy, what)
  }
}
