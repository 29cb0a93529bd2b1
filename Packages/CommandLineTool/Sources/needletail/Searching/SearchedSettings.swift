import ArgumentParser
import Datasets
import Models
import Training

/// From a point of the search to a run's settings, by the same options as `train` has.
struct SearchedSettings {
  let model: ModelEntry
  let source: any DatasetSource
  let folder: String?
  let images: FolderOptions
  let preprocessing: Preprocessing
  /// The options of learning that are the same in all trials.
  let fixed: [String]
  let space: SearchSpace

  /// The settings of a point, with so many epochs if that is said.
  ///
  /// - Throws: `UsageError` or `SettingsError` for what `train` would refuse.
  func settings(_ point: SearchPoint, epochs: Int? = nil) throws -> RunSettings {
    let options = point.settings.map { "--\($0.name)=\($0.value)" } + (epochs.map { ["--epochs=\($0)"] } ?? [])
    var settings = try parsed(fixed.filter { epochs == nil || !$0.hasPrefix("--epochs=") } + options).settings(
      model: model, dataset: source, folder: folder, preprocessing: preprocessing)
    settings.skipsBroken = images.skipBroken
    try settings.validate()
    return settings
  }

  private func parsed(_ options: [String]) throws -> LearningOptions {
    do {
      return try LearningOptions.parse(options)
    } catch {
      throw UsageError(LearningOptions.message(for: error))
    }
  }

  /// Checks the names and, at all ends of all ranges with all words, the settings: no trial is refused later.
  func check() throws {
    let names = SearchWords.learningOptions.map { String($0.dropFirst(2)) }.sorted()
    for choice in space.choices {
      guard names.contains(choice.name) else {
        throw UsageError(NearestNames.complaint("--vary", choice.name, among: names))
      }
      if fixed.contains(where: { $0 == "--\(choice.name)" || $0.hasPrefix("--\(choice.name)=") }) {
        throw UsageError("--\(choice.name): expected a value or a range, found both")
      }
    }
    try space.validate()
    for trial in Search(space, .grid(values: 2), goal: .largest).firstTrials.prefix(Self.mostChecks) {
      _ = try settings(trial.point)
    }
  }

  private static let mostChecks = 4_096

  /// The command that trains with a point's settings.
  func command(_ point: SearchPoint) -> String {
    let data = folder.map { ["--data", $0] } ?? []
    let chosen = point.settings.flatMap { ["--\($0.name)", $0.value.description] }
    let apart = fixed.flatMap { $0.split(separator: "=", maxSplits: 1).map(String.init) }
    let words = ["--model", model.name, "--dataset", source.information.name] + data + images.words + apart + chosen
    return "needletail train " + words.map(shellWord).joined(separator: " ")
  }
}
