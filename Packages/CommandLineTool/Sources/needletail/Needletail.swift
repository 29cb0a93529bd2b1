import ArgumentParser
import Foundation
import TensorCore
import Training

/// The `needletail` program: trains networks, evaluates them and predicts with them.
@main
struct Needletail: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "needletail",
    abstract: "Trains neural networks, evaluates them and predicts with them.",
    discussion: """
      EXAMPLES:
        needletail train --model lenet5 --dataset digits
        needletail train --resume runs/lenet5-digits-1
        needletail search --model lenet5 --dataset digits --epochs 10 --learning-rate 1e-3...1:log
        needletail evaluate runs/lenet5-digits-1
        needletail predict runs/lenet5-digits-1 seven.pgm
        needletail run --model lenet5 --weights model.safetensors --input images.npy --output logits.npy
        needletail summary --model resnet50
        needletail benchmark --model resnet50 --batch-size 16

      EXIT CODES: 0 done, 1 failed, 64 wrong usage, 130 interrupted.
      ENVIRONMENT: NEEDLETAIL_THREADS, the number of threads; NEEDLETAIL_ISA, the form of the kernels.
      """,
    version: Library.current.version,
    subcommands: [
      Train.self, SearchCommand.self, Evaluate.self, Predict.self, DatasetsCommand.self, RunModel.self,
      GradientsCommand.self,
      ListModels.self, Summary.self,
      Inspect.self, Check.self, Rate.self, Benchmark.self, Profile.self, Doctor.self,
    ])

  /// Parses, runs, and turns every error into one line and an exit code.
  static func main() async {
    Console.prepare()
    do {
      var command = try parsed()
      try EnvironmentCheck.run()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      try Console.check()
    } catch {
      Ending(error).exit()
    }
  }

  private static func parsed() throws -> any ParsableCommand {
    try checkCommand()
    do {
      return try parseAsRoot(try arguments())
    } catch let error as UsageError {
      throw error
    } catch let error as FileError {
      throw error
    } catch {
      // Help and the version come as errors too; their code is 0.
      guard exitCode(for: error) != .success else { throw error }
      throw UsageError(inWordsOfOurs(message(for: error)))
    }
  }

  /// The parser's list of an option's values, in the words of all other complaints.
  private static func inWordsOfOurs(_ message: String) -> String {
    let parts = message.components(separatedBy: ". Please provide one of ")
    guard parts.count == 2 else { return message }
    let words = parts[1].split { !$0.isLetter && !$0.isNumber && $0 != "-" }
    let names = words.filter { !["the", "following", "-", "and", "or"].contains($0) }
    return "\(parts[0]): expected one of \(names.joined(separator: ", "))"
  }

  /// The arguments, with the options of a file that they name.
  static func arguments() throws -> [String] {
    let arguments = Array(CommandLine.arguments.dropFirst())
    switch arguments.first {
    case "train": return try ConfigurationFile.expanded(arguments, known: options(in: Train.helpMessage()))
    case "search":
      return SearchWords.rewritten(
        try ConfigurationFile.expanded(arguments, known: options(in: SearchCommand.helpMessage())))
    default: return arguments
    }
  }

  /// The options that a help text names, but for those that are no settings.
  static func options(in help: String) -> [String] {
    let words = help.split { !$0.isLetter && !$0.isNumber && $0 != "-" }.map(String.init)
    return Set(words.filter { $0.hasPrefix("--") }).subtracting(["--config", "--help", "--version"]).sorted()
  }

  /// Refuses a command that is none, with the nearest that are; also one below another, or that help is asked for.
  private static func checkCommand() throws {
    var words = CommandLine.arguments.dropFirst()
    let asksForHelp = words.first == "help"
    if asksForHelp { words.removeFirst() }
    var commands = configuration.subcommands
    while let word = words.popFirst(), !word.hasPrefix("-"), !commands.isEmpty {
      guard let command = commands.first(where: { $0.name == word }) else {
        let isFirst = commands.count == configuration.subcommands.count
        let names = commands.map { $0.name } + (isFirst && !asksForHelp ? ["help"] : [])
        throw UsageError(NearestNames.complaint("command", word, among: names))
      }
      commands = command.configuration.subcommands
    }
  }
}

extension ParsableCommand {
  /// What the command is called by.
  fileprivate static var name: String { configuration.commandName ?? "\(self)".lowercased() }
}
