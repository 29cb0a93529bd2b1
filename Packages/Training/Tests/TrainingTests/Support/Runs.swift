import Datasets
import NNLayers
import TensorCore
import Training

/// Starts a run of the tiny network in a folder; stops it after step `stopStep`, if there is one.
@discardableResult
func startRun(
  _ settings: RunSettings, in folder: RunFolder, stopAt stopStep: Int? = nil, overwriting: Bool = false,
  data: DatasetSplits? = nil
) throws -> TrainingRun.Outcome {
  let model = seeded(settings.seed) { TinyNetwork() }
  let run = try TrainingRun(
    starting: settings, model, data: data ?? MadeUpData.splits(), in: folder, overwriting: overwriting)
  return try follow(run, stopAt: stopStep)
}

/// Goes on with the run in a folder, as a new process would.
@discardableResult
func resumeRun(
  in folder: RunFolder, stopAt stopStep: Int? = nil, data: DatasetSplits? = nil
) throws -> TrainingRun.Outcome {
  let model = seeded(999) { TinyNetwork() }
  let run = try TrainingRun(
    resuming: folder.readCheckpoint(), model, data: data ?? MadeUpData.splits(), in: folder)
  return try follow(run, stopAt: stopStep)
}

private func follow(_ run: TrainingRun, stopAt stopStep: Int?) throws -> TrainingRun.Outcome {
  let stop = StopRequest()
  return try run.run(until: stop) { event in
    if case .step(let report) = event, report.step == stopStep { stop.request() }
  }
}

/// The lines of a log without the two columns that hold times.
func untimed(_ log: String) -> [String] {
  log.split(separator: "\n").map {
    $0.split(separator: ",", omittingEmptySubsequences: false).dropLast(2).joined(separator: ",")
  }
}
