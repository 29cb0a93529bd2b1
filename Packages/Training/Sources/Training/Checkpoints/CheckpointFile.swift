import Autograd
import Foundation
import NNLayers
import Optimizers
import TensorCore

/// The names in a checkpoint's file.
private enum Key {
  static let format = "format"
  static let formatName = "needletail-checkpoint"
  static let version = "4"
  /// Version 1 knew neither smoothed labels nor shifts, version 2 no optimiser's numbers, version 3 neither averages nor best
  /// weights; otherwise they were the same.
  static let readVersions = ["1", "2", "3", "4"]
  static let versionsWithoutNumbers = ["1", "2"]
  static let run = "run"
  static let progress = "progress"
  static let optimizerSteps = "optimizer_steps"
  static let optimizerNumbers = "optimizer_numbers"
  static let model = "model."
  static let optimizer = "optimizer."
  static let averageCount = "average_count"
  static let average = "average."
  static let best = "best."
}

extension Checkpoint {
  /// Writes the checkpoint, all or nothing: a failure leaves the file that was there.
  ///
  /// - Throws: `FileError` naming the file when it cannot be written.
  public func write(to path: String) throws(FileError) {
    let weights = state.model.entries.map { (name: Key.model + $0.name, tensor: $0.value.stored) }
    let best = state.best?.entries.map { (name: Key.best + $0.name, tensor: $0.value.stored) } ?? []
    let memory = named(Key.optimizer, state.optimizer) + (state.average.map { named(Key.average, $0) } ?? [])
    var metadata = [
      Key.format: Key.formatName, SafetensorsFile.versionKey: Key.version,
      Key.run: try JSONText.encode(run, file: path), Key.progress: try JSONText.encode(state.progress, file: path),
      Key.optimizerSteps: String(state.optimizer.stepCount),
      Key.optimizerNumbers: try JSONText.encode(state.optimizer.numbers, file: path),
    ]
    if let average = state.average { metadata[Key.averageCount] = String(average.stepCount) }
    try SafetensorsFile.write(weights + best + memory, metadata: metadata, to: path)
  }

  private func named(_ prefix: String, _ state: OptimizerState) -> [(name: String, tensor: StoredTensor)] {
    state.tensors.sorted { $0.key < $1.key }.map { (prefix + $0.key, StateValue.tensor($0.value).stored) }
  }

  /// Reads a checkpoint.
  ///
  /// - Throws: `FileError` naming the file, what was expected and what came, when it cannot be read, is not a checkpoint,
  ///   or is one of another version.
  public init(contentsOf path: String) throws(FileError) {
    let file = try SafetensorsFile(path: path)
    let reading = CheckpointReading(file: file, path: path)
    try reading.checkFormat()
    run = try JSONText.decode(RunDescription.self, from: reading.text(Key.run), as: "the run", file: path)
    let progress = try JSONText.decode(
      TrainingProgress.self, from: reading.text(Key.progress), as: "the progress", file: path)
    state = TrainerState(
      model: StateDictionary(try reading.values(Key.model)), optimizer: try reading.optimizer(), progress: progress,
      average: try reading.average(), best: try reading.best())
  }
}

/// Takes a checkpoint's file apart.
private struct CheckpointReading {
  let file: SafetensorsFile
  let path: String

  func checkFormat() throws(FileError) {
    guard file.metadata[Key.format] == Key.formatName else {
      throw .malformed(
        file: path, expected: "a checkpoint of a training",
        found: file.metadata[Key.format].map { "a file of format '\($0)'" } ?? "another safetensors file")
    }
    let version = try text(SafetensorsFile.versionKey)
    guard Key.readVersions.contains(version) else {
      throw .malformed(
        file: path, expected: "a checkpoint of version \(Key.readVersions.joined(separator: " or "))",
        found: "version \(version)")
    }
  }

  func text(_ key: String) throws(FileError) -> String {
    guard let text = file.metadata[key] else {
      throw .malformed(file: path, expected: "a text '\(key)' in the checkpoint", found: "none")
    }
    return text
  }

  /// The best weights; nil without any.
  func best() throws(FileError) -> StateDictionary? {
    let values = try values(Key.best)
    return values.isEmpty ? nil : StateDictionary(values)
  }

  func optimizer() throws(FileError) -> OptimizerState {
    var state = try memory(Key.optimizer, steps: Key.optimizerSteps, of: "the optimiser")
    state.numbers = try numbers(of: state)
    return state
  }

  /// The average of the weights; nil without one.
  func average() throws(FileError) -> OptimizerState? {
    guard file.metadata[Key.averageCount] != nil else { return nil }
    return try memory(Key.average, steps: Key.averageCount, of: "the average")
  }

  private func memory(_ prefix: String, steps: String, of owner: String) throws(FileError) -> OptimizerState {
    let text = try text(steps)
    guard let steps = Int(text), (0...OptimizerState.mostSteps).contains(steps) else {
      throw .malformed(file: path, expected: "\(owner)'s number of steps", found: "'\(text)'")
    }
    var state = OptimizerState(stepCount: steps)
    for (name, value) in try values(prefix) {
      guard case .tensor(let tensor) = value else {
        throw .malformed(file: path, expected: "\(owner)'s '\(name)' in floating point", found: "whole numbers")
      }
      state.tensors[name] = tensor
    }
    return state
  }

  /// Optimisers without numbers counted the steps of all parameters together.
  private func numbers(of state: OptimizerState) throws(FileError) -> [String: Double] {
    if Key.versionsWithoutNumbers.contains(try text(SafetensorsFile.versionKey)) {
      let positions = Set(state.tensors.keys.compactMap { $0.split(separator: ".").first })
      return Dictionary(uniqueKeysWithValues: positions.map { ("\($0).steps", Double(state.stepCount)) })
    }
    return try JSONText.decode(
      [String: Double].self, from: text(Key.optimizerNumbers), as: "the optimiser's numbers", file: path)
  }

  /// The tensors under a prefix, by the rest of their names.
  func values(_ prefix: String) throws(FileError) -> [(name: String, value: StateValue)] {
    var values: [(name: String, value: StateValue)] = []
    for entry in file.entries where entry.name.hasPrefix(prefix) {
      guard let value = StateValue(try file.tensor(entry.name)) else {
        throw .malformed(
          file: path, expected: "'\(entry.name)' to be floating point or I64", found: entry.type.rawValue)
      }
      values.append((String(entry.name.dropFirst(prefix.count)), value))
    }
    return values
  }
}
