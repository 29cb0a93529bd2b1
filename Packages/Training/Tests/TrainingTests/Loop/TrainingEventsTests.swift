import Foundation
import NNLayers
import Optimizers
import Testing
import Training

struct TrainingEventsTests {
  @Test func theSequenceIsThatOfTheObserver() async throws {
    let (one, other) = (try MadeUpData.trainer(epochs: 2), try MadeUpData.trainer(epochs: 2))
    var observed: [TrainingEvent] = []
    try one.run { observed.append($0) }
    var received: [TrainingEvent] = []
    for try await event in other.events { received.append(event) }
    #expect(received.map(words) == observed.map(words))
    #expect(other.isFinished)
    #expect(one.model.parameters[0].value.floats.scalars == other.model.parameters[0].value.floats.scalars)
  }

  /// What is in an event beside times.
  private func words(_ event: TrainingEvent) -> String {
    switch event {
    case .step(let report): "step \(report.step) \(report.loss)"
    case .evaluating(let progress): "\(progress.part) \(progress.done)"
    case .epoch(let report): "epoch \(report.epoch) \(report.validationLoss ?? 0) \(report.testLoss ?? 0)"
    }
  }

  /// When the loop ends after a cancellation, the training has ended too, and goes on later to the same bits.
  @Test func cancellingStopsAfterTheStepUnderWay() async throws {
    let whole = try MadeUpData.trainer(epochs: 50)
    try whole.run()
    let trainer = Handed(try MadeUpData.trainer(epochs: 50))
    let task = Task {
      var steps = 0
      for try await event in trainer.value.events {
        if case .step(let report) = event { steps = report.step }
        if steps == 3 { withUnsafeCurrentTask { $0?.cancel() } }
      }
      return steps
    }
    let steps = try await task.value
    #expect(trainer.value.progress.step == steps && steps >= 3 && steps < 200)
    for try await _ in trainer.value.events {}
    #expect(trainer.value.isFinished)
    #expect(
      trainer.value.model.parameters[0].value.floats.scalars == whole.model.parameters[0].value.floats.scalars)
  }

  @Test func runFollowsTheCancellationOfItsTask() async throws {
    let trainer = Handed(try MadeUpData.trainer(epochs: 50))
    let task = Task {
      try trainer.value.run { event in
        if case .step(let report) = event, report.step == 5 { withUnsafeCurrentTask { $0?.cancel() } }
      }
    }
    #expect(try await task.value == false)
    #expect(trainer.value.progress.step == 5)
  }

  @Test func errorsComeThrough() async throws {
    let trainer = try MadeUpData.trainer(Sequential(Flatten(), Linear(16, 4)))
    await #expect(throws: TrainingError.outputMismatch(expected: [1, 3], found: [1, 4])) {
      for try await _ in trainer.events {}
    }
  }

  /// More trainings at once than Swift's concurrency has threads, and other tasks still run.
  @Test func keepsNoThreadOfTheCooperativePool() async throws {
    let tasks = try (0..<(ProcessInfo.processInfo.activeProcessorCount + 2)).map { _ in
      let trainer = Handed(try MadeUpData.trainer(epochs: 1_000_000))
      return Task { for try await _ in trainer.value.events {} }
    }
    let other = Task { 42 }
    #expect(await other.value == 42)
    for task in tasks { task.cancel() }
    for task in tasks { try await task.value }
  }

  @Test func aRunHasEventsToo() async throws {
    let place = try TemporaryFolder()
    let run = try TrainingRun(
      starting: MadeUpData.settings(), seeded(7) { TinyNetwork() }, data: MadeUpData.threeSplits(),
      in: RunFolder(place.path))
    var epochs = 0
    for try await event in run.events { if case .epoch = event { epochs += 1 } }
    guard case .finished(let record, _)? = run.outcome else { return #expect(Bool(false), "not finished") }
    #expect(epochs == 3 && record.epochs.count == 3)
  }

  /// A trainer on its way to a task; nobody else uses it meanwhile.
  final class Handed: @unchecked Sendable {
    let value: Trainer
    init(_ value: Trainer) { self.value = value }
  }
}
