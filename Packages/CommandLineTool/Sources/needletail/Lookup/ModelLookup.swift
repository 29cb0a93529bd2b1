import Autograd
import Datasets
import Models
import NNLayers
import TensorCore

/// Finding networks by name, and loading them.
enum ModelLookup {
  /// The network of that name; `place` is where the name stood, for the error.
  static func entry(named name: String, place: String = "--model") throws -> ModelEntry {
    guard let entry = ModelCatalog.entry(named: name) else {
      throw UsageError(NearestNames.complaint(place, name, among: ModelCatalog.names))
    }
    return entry
  }

  /// The network of that name, which gives an image one class; `advice` is for one that gives each pixel one.
  static func classifier(named name: String, place: String = "--model", advice: String = "") throws -> ModelEntry {
    let entry = try entry(named: name, place: place)
    guard entry.facts.output.rank == 1 else {
      throw UsageError(
        "\(place): expected a network that gives an image one class, found '\(name)', which gives each pixel one\(advice)"
      )
    }
    return entry
  }
}

extension ModelEntry {
  /// Its name in commands and files.
  var name: String { facts.name }

  /// A new network for that many channels and classes, with random weights.
  func make(_ channels: Int, _ classes: Int) -> any Layer {
    make(ModelOptions(inputChannels: channels, classCount: classes))
  }

  /// The recipe as it is when this network takes such images, else with a last change of size to the one of its paper.
  func fitting(_ preprocessing: Preprocessing, classCount: Int) throws -> Preprocessing {
    let network = withoutInitialWeights { make(preprocessing.channels, classCount) }
    func isTaken(_ preprocessing: Preprocessing) -> Bool {
      do {
        let output = try network.outputShape(for: Shape([1] + preprocessing.outputShape.sizes))
        return output.map { $0 == [1, classCount] } ?? true
      } catch {
        return false
      }
    }
    guard !isTaken(preprocessing) else { return preprocessing }
    let resized = try preprocessing.resized(to: ImageSize(height: facts.input[1], width: facts.input[2]))
    // Otherwise size is not what is wrong.
    return isTaken(resized) ? resized : preprocessing
  }

  /// The network with the weights in the file at `path`, which tell its channels and classes.
  ///
  /// - Throws: `FileError` naming the file when it cannot be read or has not the weights of this network.
  func load(weights path: String) throws -> any Layer {
    let state = try StateDictionary(contentsOf: path)
    let options = try options(for: state, path: path)
    let model = withoutInitialWeights { make(options) }
    try model.load(state, from: path)
    return model
  }

  /// The channels and classes of weights that were read from the file at `path`.
  ///
  /// - Throws: `FileError` naming the file when it has not the weights of this network.
  func options(for state: StateDictionary, path: String) throws(FileError) -> ModelOptions {
    let input = try shape(of: inputWeight, in: state, path)
    let output = try shape(of: outputWeight, in: state, path)
    // Sizes are believed only as far as there are numbers for them in the file.
    guard input.rank >= 2, input.count > 0 else {
      throw .malformed(
        file: path, expected: "'\(inputWeight)' for at least one channel", found: "the shape \(input)")
    }
    guard output.rank >= 1, output.count > 0 else {
      throw .malformed(
        file: path, expected: "'\(outputWeight)' for at least one class", found: "the shape \(output)")
    }
    return ModelOptions(inputChannels: input[1], classCount: output[0])
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
      throw FileError.malformed(file: path, expected: "the network's weights", found: error.differences)
    }
  }
}
