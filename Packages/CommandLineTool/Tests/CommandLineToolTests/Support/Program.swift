import Foundation

/// The built program, run as a user would.
struct Program {
  /// How a run of the program ended.
  struct Result {
    let status: Int32
    let output: String
    let complaint: String

    /// The lines of standard output.
    var lines: [String] { output.split(separator: "\n").map(String.init) }
    /// The objects of standard output, one a line; nil for a line that is none.
    var objects: [[String: Any]?] {
      lines.map { (try? JSONSerialization.jsonObject(with: Data($0.utf8))) as? [String: Any] }
    }
  }

  /// Where the program works; paths among its arguments may be relative to it.
  let folder: TemporaryFolder
  /// What it finds in its environment beside what the tests have.
  var environment: [String: String] = [:]

  /// Runs the program to its end.
  func run(_ arguments: String...) throws -> Result { try start(arguments).result() }

  /// Starts the program, its standard output kept for the result unless it is to go elsewhere.
  func start(_ arguments: [String], output: FileHandle? = nil) throws -> RunningProgram {
    try RunningProgram(Self.path, arguments, in: folder.path, environment: environment, output: output)
  }

  /// The program lies beside the tests, in the folder that both are built into.
  static var path: URL {
    get throws {
      let bundles = CommandLine.arguments.filter { $0.contains(".xctest") }.map { URL(fileURLWithPath: $0) }
      var folder = Bundle.main.executableURL?.deletingLastPathComponent()
      var places = folder.map { [$0] } ?? []
      for bundle in bundles {
        folder = bundle
        while let here = folder, here.path != "/" {
          places.append(here)
          folder = here.deletingLastPathComponent()
        }
      }
      let candidates = places.map { $0.appendingPathComponent("needletail") }
      guard let path = candidates.first(where: { FileManager.default.isExecutableFile(atPath: $0.path) }) else {
        throw NotBuilt(candidates: candidates.map(\.path))
      }
      return path
    }
  }

  private struct NotBuilt: Error { let candidates: [String] }
}

/// The program at work. Its output goes to files, which never block it.
final class RunningProgram {
  let process = Process()
  private let place: TemporaryFolder

  init(
    _ path: URL, _ arguments: [String], in folder: String, environment: [String: String] = [:],
    output: FileHandle? = nil
  ) throws {
    place = try TemporaryFolder()
    process.executableURL = path
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    let kept = try place.newFile("output")
    process.standardOutput = output ?? kept
    process.standardError = try place.newFile("complaint")
    try process.run()
  }

  /// What the program has written so far.
  var output: String { (try? place.text("output")) ?? "" }

  /// Waits until the output has the given text or the program ends; whether it has it.
  func waits(for text: String) -> Bool {
    while process.isRunning && !output.contains(text) { usleep(2_000) }
    return output.contains(text)
  }

  /// Waits for the end.
  func result() throws -> Program.Result {
    process.waitUntilExit()
    return Program.Result(
      status: process.terminationStatus, output: try place.text("output"), complaint: try place.text("complaint"))
  }
}

extension Program.Result {
  /// The one line that standard error must hold when something is wrong; nil if there is none or there are more.
  var oneLine: String? {
    let lines = complaint.split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.count == 2, lines[1].isEmpty, lines[0].hasPrefix("needletail: ") else { return nil }
    return String(lines[0])
  }
}
