import Foundation
import TensorCore

/// Logs that a run writes into its folder beside `log.csv`.
///
/// ```swift
/// func train(_ run: TrainingRun) throws -> TrainingRun.Outcome {
///   let logs = try RunLogs([.jsonl, .tensorboard], of: run)
///   return try run.run { event in try logs.write(event) }
/// }
/// ```
/// They are made after the run and before it goes, and begin anew with a run that begins. A run that goes on from its checkpoint
/// goes on with them: what they say of steps after it is left out.
public final class RunLogs {
  /// The forms of logs.
  public enum Form: String, Sendable, CaseIterable {
    /// `log.csv`, a line of figures for each epoch. Every run writes it.
    case csv
    /// `log.jsonl`, a JSON object a line for each step and epoch.
    case jsonl
    /// `events.out.tfevents.…`, which TensorBoard shows: figures by step, how parameters are spread, the first filters.
    case tensorboard

    /// The forms that a folder has logs of.
    public static func present(in folder: RunFolder) -> Set<Form> {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
      var forms: Set<Form> = []
      if names.contains(RunFolder.Name.log.rawValue) { forms.insert(.csv) }
      if names.contains(RunLogs.linesName) { forms.insert(.jsonl) }
      if names.contains(where: { $0.hasPrefix(BoardLog.filePrefix) }) { forms.insert(.tensorboard) }
      return forms
    }
  }

  fileprivate static let linesName = "log.jsonl"

  private let lines: EventLines?
  private let board: BoardLog?

  /// The logs of a run, in its folder.
  ///
  /// - Throws: `FileError` naming the file that cannot be written.
  public convenience init(_ forms: Set<Form>, of run: TrainingRun) throws(FileError) {
    try self.init(forms, of: run.trainer, in: run.folder.path)
  }

  /// The logs of a training, in a folder, which must exist.
  ///
  /// - Throws: `FileError` naming the file that cannot be written.
  public init(_ forms: Set<Form>, of trainer: Trainer, in folder: String) throws(FileError) {
    let step = trainer.progress.step
    lines = forms.contains(.jsonl) ? try EventLines(path: "\(folder)/\(Self.linesName)", keepingSteps: step) : nil
    board =
      forms.contains(.tensorboard)
      ? try BoardLog(folder: folder, model: trainer.model, continuingAfter: step) : nil
  }

  /// Writes what happened.
  ///
  /// - Throws: `FileError` naming the file that cannot be written.
  public func write(_ event: TrainingEvent) throws(FileError) {
    try lines?.write(event)
    try board?.write(event)
  }
}
