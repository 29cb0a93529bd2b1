import ArgumentParser
import Foundation
import TensorCore
import Training

/// Arguments that cannot be followed: the program ends with code 64.
struct UsageError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// The program's end after an error: what is said where, and the exit code.
struct Ending {
  private let error: any Error

  init(_ error: any Error) { self.error = error }

  /// The code of `sysexits.h` for wrong usage.
  private static let wrongUsage: Int32 = 64
  /// What shells give for a program that an interrupt ended.
  static let interrupted = ExitCode(130)

  func exit() -> Never {
    if let code = error as? ExitCode { Foundation.exit(code.rawValue) }
    if Needletail.exitCode(for: error) == .success {
      Console.print(Needletail.fullMessage(for: error))
      do { try Console.check() } catch { Ending(error).exit() }
      Foundation.exit(0)
    }
    Console.complain(line)
    Foundation.exit(code)
  }

  private var code: Int32 {
    switch error {
    case is UsageError, is SettingsError, is EnvironmentError: Self.wrongUsage
    default: 1
    }
  }

  /// The error in one line, whatever its description looks like.
  private var line: String {
    let text =
      switch error {
      case let error as SettingsError: "\(kebabOption(error.setting)): expected \(error.expected), found \(error.found)"
      case let error as RunFolderError: Self.advice(error)
      case let error as any CustomStringConvertible: error.description
      default: error.localizedDescription
      }
    let line = text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
      .joined(separator: " ")
    return code == Self.wrongUsage ? ConfigurationFile.located(line, CommandLine.arguments) : line
  }

  /// What can be done about a folder, in terms of commands.
  private static func advice(_ error: RunFolderError) -> String {
    let folder = error.folder
    return switch error {
    case .occupied:
      "\(folder): expected a folder without a run, found one with \(RunFolder.Name.checkpoint.rawValue); "
        + "go on with `\(resumeCommand(folder))`, or replace the run with --overwrite"
    case .unfinished: "\(folder): expected a finished run, found one that was stopped; `\(resumeCommand(folder))` first"
    case .notAFolder, .inUse, .noRun: error.description
    }
  }
}

/// The command that goes on with the run in `folder`, to be pasted into a shell.
func resumeCommand(_ folder: String) -> String {
  "needletail train --resume " + shellWord(folder)
}

/// A word as it must stand in a shell.
func shellWord(_ word: String) -> String {
  let isPlain = word.allSatisfy { $0.isLetter || $0.isNumber || "/._-+:@%,=~".contains($0) } && !word.isEmpty
  return isPlain ? word : "'\(word.replacingOccurrences(of: "'", with: "'\\''"))'"
}
