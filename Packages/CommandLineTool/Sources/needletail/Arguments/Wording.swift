import ArgumentParser
import Models

/// What the help says of arguments that several commands have, in the same words.
enum Wording {
  static func model() -> ArgumentHelp { ArgumentHelp("The network, one of `needletail models`.", valueName: "name") }

  static var dataset: ArgumentHelp {
    ArgumentHelp(
      "The data set: \(DatasetLookup.names.joined(separator: ", ")); the last are images of your own.",
      valueName: "name")
  }

  static var skipBroken: ArgumentHelp { "Leave out images of a folder that cannot be read." }

  static var weights: ArgumentHelp {
    ArgumentHelp("Its weights, a safetensors file with torchvision's names.", valueName: "file")
  }
}
