import Testing
import Training

struct ProgramTests {
  @Test func saysItsVersion() throws {
    let result = try TemporaryFolder().program.run("--version")
    #expect(result.status == 0)
    #expect(result.output == "\(Library.current.version)\n")
  }

  @Test(arguments: [
    "train", "evaluate", "predict", "run", "gradients", "models", "summary", "benchmark", "profile", "datasets",
    "inspect", "doctor",
  ])
  func helpsWithExamples(command: String) throws {
    let result = try TemporaryFolder().program.run(command, "--help")
    #expect(result.status == 0)
    #expect(result.output.contains("EXAMPLE"))
    #expect(result.output.contains("needletail \(command)"))
    #expect(result.complaint.isEmpty)
  }

  @Test func helpsWithoutACommand() throws {
    let result = try TemporaryFolder().program.run()
    #expect(result.status == 0)
    #expect(result.output.contains("SUBCOMMANDS"))
  }
}
