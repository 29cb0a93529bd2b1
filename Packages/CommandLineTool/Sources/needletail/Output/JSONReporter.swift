import Datasets
import Training

/// Shows a training to a program: one JSON object a line, its `event` one of `message`, `start`, `step` (at most one a
/// second), `epoch`, `interrupted` and `finished`.
final class JSONReporter: Reporter {
  private var throttle = Throttle(seconds: 1)

  func say(_ text: String) { emit("message", ["text": text]) }

  func start(_ run: TrainingRun) {
    emit(
      "start",
      Start(
        folder: run.folder.path, run: run.description, step: run.trainer.progress.step,
        stepCount: run.trainer.stepCount, machine: .current))
  }

  func report(_ event: TrainingEvent) {
    switch event {
    case .step(let step): if throttle.isDue() { emit("step", step) }
    case .evaluating: break
    case .epoch(let epoch): emit("epoch", epoch)
    }
  }

  func end(_ run: TrainingRun, _ outcome: TrainingRun.Outcome) {
    switch outcome {
    case .finished(let record, let evaluation):
      emit(
        "finished",
        Finish(
          folder: run.folder.path, testAccuracy: record.testAccuracy, testLoss: record.testLoss,
          ending: record.ending, bestEpoch: record.bestEpoch, confusion: evaluation.confusion.counts))
    case .stopped(let step):
      emit("interrupted", Interruption(folder: run.folder.path, step: step, resume: resumeCommand(run.folder.path)))
    }
  }

  func alreadyFinished(_ folder: RunFolder, _ record: RunRecord) {
    emit(
      "finished",
      Finish(
        folder: folder.path, testAccuracy: record.testAccuracy, testLoss: record.testLoss, ending: record.ending,
        bestEpoch: record.bestEpoch, confusion: nil))
  }

  private func emit(_ event: String, _ content: some Encodable) {
    JSONLine.print(EventObject(event: event, content: content))
  }

  private struct Start: Encodable {
    let folder: String
    let run: RunDescription
    let step: Int
    let stepCount: Int
    let machine: Machine
  }

  private struct Interruption: Encodable {
    let folder: String
    let step: Int
    let resume: String
  }

  private struct Finish: Encodable {
    let folder: String
    let testAccuracy: Double
    let testLoss: Double
    let ending: TrainingEnding?
    let bestEpoch: Int?
    let confusion: [[Int]]?
  }
}
