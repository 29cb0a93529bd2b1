import ArgumentParser
import Training

/// Which logs a run writes into its folder.
struct LogOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      What is written beside log.csv: csv, which always is, jsonl (log.jsonl, a JSON object for each step and epoch), \
      tensorboard (event files for TensorBoard), with commas between. (default: csv; when a run goes on, those it has)
      """, valueName: "forms"),
    transform: Self.forms)
  var logs: Set<RunLogs.Form>?

  private static func forms(_ text: String) throws -> Set<RunLogs.Form> {
    let words = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let names = RunLogs.Form.allCases.map(\.rawValue)
    for word in words where !names.contains(word) {
      throw ValidationError(NearestNames.expectation(word, among: names))
    }
    return Set(words.compactMap { RunLogs.Form(rawValue: $0) })
  }

  /// The logs of a run: those asked for, and when it goes on those that it has.
  func make(for run: TrainingRun) throws -> RunLogs {
    let begun = run.trainer.progress.step > 0 ? RunLogs.Form.present(in: run.folder) : []
    return try RunLogs((logs ?? []).union(begun), of: run)
  }
}
