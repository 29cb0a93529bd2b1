import NNLayers
import TensorCore
import Training

/// A run that is finished, with its network.
struct FinishedRun {
  /// What the run was.
  let record: RunRecord
  /// The network with the run's weights.
  let model: any Layer

  /// Reads the run in the folder at `path`.
  ///
  /// - Throws: what names the folder or file when there is no finished run or something in it is broken.
  init(_ path: String) throws {
    let folder = RunFolder(path)
    record = try folder.readRecord()
    if folder.has(.checkpoint) {
      let checkpoint = try folder.readCheckpoint()
      let missing = folder.missingResults(of: checkpoint)
      // Killed while it wrote its results, a run may have left weights beside the record of the run before.
      if checkpoint.isFinished && (missing.contains(.record) || missing.contains(.model)) {
        throw IncompleteResults(folder: path)
      }
    }
    let settings = record.settings
    model = try settings.entry(recordedIn: folder.path(of: .record)).make(settings.channels, settings.classCount)
    let weights = folder.path(of: .model)
    try model.load(StateDictionary(contentsOf: weights), from: weights)
  }
}

/// A finished run without some of its results.
private struct IncompleteResults: Error, CustomStringConvertible {
  let folder: String

  var description: String {
    "\(folder): expected the results of its run, found some missing; `\(resumeCommand(folder))` writes them"
  }
}
