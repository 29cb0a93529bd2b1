import Foundation
import Jobs
import Training

/// Trains a network with dropout twice, by Adam: at one go, and stopped in the middle of an epoch, left, and resumed from
/// its folder. Both must leave the same weights, byte for byte.
func resumedRunIsEqual() throws -> String {
  let folder = FileManager.default.temporaryDirectory.appending(path: "needletail-smoke-\(UUID().uuidString)")
  defer { try? FileManager.default.removeItem(at: folder) }
  let data = try Digits().load()
  let settings = try settings(data)

  let whole = RunFolder(folder.appending(path: "whole").path)
  _ = try TrainingRun(starting: settings, network(seed: settings.seed), data: data, in: whole).run()

  let parts = RunFolder(folder.appending(path: "parts").path)
  let stop = StopRequest()
  let first = try TrainingRun(starting: settings, network(seed: settings.seed), data: data, in: parts).run(until: stop)
  {
    if case .step(let report) = $0, report.step == 30 { stop.request() }
  }
  guard case .stopped(step: 30) = first else { throw Unmet("the run did not stop at step 30: \(first)") }
  // Other first weights: all that counts must come from the checkpoint.
  let second = try TrainingRun(resuming: parts.readCheckpoint(), network(seed: 99), data: data, in: parts)
  guard case .finished = try second.run() else { throw Unmet("the resumed run did not finish") }

  let weights = try [whole, parts].map { try Data(contentsOf: URL(filePath: $0.path(of: .model))) }
  guard weights[0] == weights[1] else { throw Unmet("the weights differ") }
  return "stopped after step 30, \(weights[0].count) bytes of weights equal"
}

private func network(seed: UInt64) -> Sequential {
  seeded(seed) {
    Sequential(
      Conv2d(1, 8, kernelSize: 3), ReLU(), MaxPool2d(2), Flatten(), Dropout(0.5), Linear(8 * 15 * 15, 10))
  }
}

private func settings(_ data: DatasetSplits) throws -> RunSettings {
  RunSettings(
    model: "small", dataset: "digits", classNames: data.training.classNames, epochs: 2, batchSize: 64,
    learningRate: 0.001, optimizer: .adam, schedule: .cosine, seed: 1, threads: ThreadPool.threadCount,
    preprocessing: try Digits().preprocessing(fittedTo: data.training))
}
