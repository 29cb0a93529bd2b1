import Foundation
import Testing

/// Where standard output goes: a terminal, a pipe whose reader has gone, a full disk.
struct OutputTests {
  @Test func aReaderWhoLeavesStopsNothing() throws {
    let place = try TemporaryFolder()
    let pipe = Pipe()
    try pipe.fileHandleForReading.close()
    let result = try place.program.start(shortTraining, output: pipe.fileHandleForWriting).result()
    #expect(result.status == 0)
    #expect(result.complaint.isEmpty)
    #expect(place.names("run") == resultNames)
  }

  #if os(Linux)
    /// Colours go to a terminal that has them, where the reader wants them.
    @Test(
      arguments: [
        (["TERM": "xterm", "NO_COLOR": ""], true),
        (["TERM": "xterm", "NO_COLOR": "1"], false),
        (["TERM": "dumb"], false),
      ] as [([String: String], Bool)])
    func colorsAreForTerminals(environment: [String: String], expected: Bool) throws {
      var program = try TemporaryFolder().program
      program.environment = environment
      let terminal = try Terminal(columns: 80)
      let running = try program.start(["datasets", "show", "digits", "--count", "2"], output: terminal.output)
      let text = terminal.text(of: running)
      #expect(try running.result().status == 0)
      #expect(text.contains("\u{1B}[") == expected)
      #expect(try !program.run("datasets", "show", "digits", "--count", "2").output.contains("\u{1B}"))
    }

    /// The line that renews itself is whole at any width, and ends with the time that is left.
    @Test(arguments: [200, 80, 60, 40, 22] as [UInt16])
    func theLiveLineFitsTheTerminal(columns: UInt16) throws {
      let place = try TemporaryFolder()
      var program = place.program
      program.environment = ["TERM": "xterm"]
      let terminal = try Terminal(columns: columns)
      let running = try program.start(shortTraining + ["--epochs", "20"], output: terminal.output)
      let text = terminal.text(of: running)
      #expect(try running.result().status == 0)
      // The terminal ends lines by both characters, which are one to a String.
      let lines = text.unicodeScalars.split(separator: "\r").map { String($0) }
      let live = lines.filter { $0.hasSuffix(" left\u{1B}[K") }
      #expect(!live.isEmpty)
      #expect(live.allSatisfy { $0.count - 3 < Int(columns) })
      #expect(lines.allSatisfy { !$0.hasPrefix("epoch") || $0.contains("test accuracy") || live.contains($0) })
      // How long the figures are varies: where all have room, and where the words have not.
      if columns == 200 { #expect(live.allSatisfy { $0.contains("images/s") && $0.contains("accuracy") }) }
      if columns <= 60 { #expect(live.allSatisfy { !$0.contains("images/s") && !$0.contains("accuracy") }) }
    }

    @Test func whatAFullDiskDoesNotTakeIsSaid() throws {
      let place = try TemporaryFolder()
      for arguments in [shortTraining, ["evaluate", "run", "--json"], ["train", "--resume", "run"], ["--help"]] {
        let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
        let result = try place.program.start(arguments, output: full).result()
        #expect(result.status == 1, "\(arguments)")
        #expect(result.oneLine == "needletail: standard output: cannot write it: No space left on device")
      }
      #expect(place.names("run") == resultNames)
    }
  #endif
}
