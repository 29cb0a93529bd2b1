import Datasets
import NNLayers
import TensorCore
import Training

/// Going on with a run by its own settings.
struct Resumption {
  let folder: RunFolder
  let data: DataOptions

  /// The run as it was when it stopped; nil, said so, if it is finished and all its results are there.
  func run(_ reporter: any Reporter) async throws -> TrainingRun? {
    let checkpoint = try folder.readCheckpoint()
    let settings = checkpoint.run.settings
    guard Limits.threads.contains(settings.threads), Limits.epochs.contains(settings.epochs),
      Limits.batchSize.contains(settings.batchSize)
    else {
      throw FileError.malformed(
        file: folder.path(of: .checkpoint), expected: "a run's settings",
        found: "\(settings.threads) threads, \(settings.epochs) epochs, batches of \(settings.batchSize)")
    }
    if checkpoint.isFinished && folder.missingResults(of: checkpoint).isEmpty {
      reporter.alreadyFinished(folder, try folder.readRecord())
      return nil
    }
    let entry = try settings.entry(recordedIn: folder.path(of: .checkpoint))
    try settings.checkDataset(recordedIn: folder.path(of: .checkpoint))
    var data = data
    data.folder = data.folder ?? settings.dataFolder
    let source = try DatasetLookup.source(named: settings.dataset, data: data, FolderView(settings))
    try source.check(classNames: settings.classNames)
    let splits = try settings.splits(of: await source.load(data, saying: reporter.say))
    let network = entry.make(settings.channels, settings.classCount)
    return try TrainingRun(resuming: checkpoint, network, data: splits, in: folder)
  }
}
