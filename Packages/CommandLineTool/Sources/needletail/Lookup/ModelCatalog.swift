import Autograd
import Models
import NNLayers
import TensorCore

/// The networks that are known by name.
enum ModelCatalog {
  static let entries = [
    ModelEntry(
      name: "lenet5", channels: [1, 3], inputWeight: "features.0.weight", outputWeight: "classifier.4.weight"
    ) { LeNet5(inputChannels: $0, classCount: $1) }
  ]

  static var names: [String] { entries.map(\.name) }

  /// The network of that name.
  static func entry(named name: String) throws -> ModelEntry {
    guard let entry = entries.first(where: { $0.name == name }) else {
      throw UsageError(NearestNames.complaint("--model", name, among: names))
    }
    return entry
  }
}

/// A network: how to make it, and where its weights tell its sizes.
struct ModelEntry: Sendable {
  /// Its name in commands and files.
  let name: String
  /// The numbers of channels that its images may have.
  let channels: [Int]
  /// The weight of the first layer, `[·, channels, …]`.
  let inputWeight: String
  /// The weight of the last layer, `[classes, …]`.
  let outputWeight: String
  /// A new network for that many channels and classes, with random weights.
  let make: @Sendable (_ channels: Int, _ classes: Int) -> any Layer

  /// The network with the weights in the file at `path`, which tell its channels and classes.
  ///
  /// - Throws: `FileError` naming the file when it cannot be read or has not the weights of this network.
  func load(weights path: String) throws -> any Layer {
    let state = try StateDictionary(contentsOf: path)
    let input = try shape(of: inputWeight, in: state, path)
    let output = try shape(of: outputWeight, in: state, path)
    // Sizes are believed only as far as there are numbers for them in the file.
    guard input.rank >= 2, input.count > 0, channels.contains(input[1]) else {
      let choices = channels.map(String.init).joined(separator: " or ")
      throw FileError.malformed(
        file: path, expected: "'\(inputWeight)' for \(choices) channels, as \(name) has", found: "the shape \(input)")
    }
    guard output.rank >= 1, output.count > 0 else {
      throw FileError.malformed(
        file: path, expected: "'\(outputWeight)' for at least one class", found: "the shape \(output)")
    }
    let model = make(input[1], output[0])
    try model.load(state, from: path)
    return model
  }

  private func shape(of weight: String, in state: StateDictionary, _ path: String) throws(FileError) -> Shape {
    guard let value = state[weight] else {
      throw .malformed(
        file: path, expected: "the weights of \(name), with '\(weight)'",
        found: "none of that name among \(state.entries.count)")
    }
    return value.shape
  }
}

extension Layer {
  /// Takes over weights that were read from the file at `path`, which errors name.
  func load(_ state: StateDictionary, from path: String) throws {
    do {
      try load(state)
    } catch {
      throw FileError.malformed(file: path, expected: "weights that fit the network", found: error.description)
    }
  }
}
