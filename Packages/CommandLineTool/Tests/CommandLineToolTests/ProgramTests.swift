import Testing
import Training

struct ProgramTests {
  @Test func saysItsVersion() throws {
    let result = try TemporaryFolder().program.run("--version")
    #expect(result.status == 0)
    #expect(result.output == "\(Library.current.version)\n")
  }

  @Test func helpsWithoutACommand() throws {
    let result = try TemporaryFolder().program.run()
    #expect(result.status == 0)
    #expect(result.output.contains("SUBCOMMANDS"))
  }
}
