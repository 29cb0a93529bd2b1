import Foundation

/// A training with something to prove.
public struct Job {
  /// What it shows, for the printed line.
  public var name: String
  /// Trains; returns the figures to print, or throws ``Unmet`` when the result falls short.
  public var body: () throws -> String

  public init(_ name: String, _ body: @escaping () throws -> String) {
    self.name = name
    self.body = body
  }
}

/// A result fell short of what it must reach.
public struct Unmet: Error, CustomStringConvertible {
  public let description: String
  public init(_ description: String) { self.description = description }
}

/// Runs the jobs one after another, or those alone whose names contain one of the program's arguments; prints a line
/// and the time for each, and ends the program with code 1 if one fails.
public func run(_ jobs: [Job]) {
  let wanted = CommandLine.arguments.dropFirst()
  let chosen = jobs.filter { job in wanted.isEmpty || wanted.contains { job.name.contains($0) } }
  var failures = chosen.isEmpty ? 1 : 0
  if chosen.isEmpty { print("✘ there is no such job; there are: \(jobs.map(\.name).joined(separator: ", "))") }
  let clock = ContinuousClock()
  for job in chosen {
    let start = clock.now
    let line: String
    do {
      line = "✔ \(job.name): \(try job.body())"
    } catch {
      line = "✘ \(job.name): \(error)"
      failures += 1
    }
    let seconds = (clock.now - start) / .seconds(1)
    print(line, String(format: "(%.1f s)", seconds))
  }
  exit(failures == 0 ? 0 : 1)
}
