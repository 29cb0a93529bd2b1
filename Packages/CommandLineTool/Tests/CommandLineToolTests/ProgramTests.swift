import Foundation
import Testing

/// Runs the built program and returns its exit code and standard output.
private func run(_ arguments: String...) throws -> (status: Int32, output: String) {
  let process = Process()
  process.executableURL = Bundle.main.executableURL?.deletingLastPathComponent().appending(path: "needletail")
  process.arguments = arguments
  let pipe = Pipe()
  process.standardOutput = pipe
  process.standardError = FileHandle.nullDevice
  try process.run()
  let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
  process.waitUntilExit()
  return (process.terminationStatus, String(decoding: output, as: UTF8.self))
}

@Suite struct ProgramTests {
  @Test func saysItsVersion() throws {
    let result = try run("--version")
    #expect(result.status == 0)
    #expect(result.output == "0.1.0\n")
  }

  @Test func refusesAnUnknownOption() throws {
    #expect(try run("--no-such-option").status == 64)
  }
}
