import ArgumentParser

/// The `needletail` program: trains networks, evaluates them and predicts with them.
@main
struct Needletail: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "needletail",
    abstract: "Trains neural networks, evaluates them and predicts with them.",
    version: "0.1.0")
}
