import ArgumentParser

/// How a command that takes long is configured and followed: for `train` and `search`.
struct ConductOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("A JSON file with options, which those given here precede.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var config: String?

  @Flag(help: "Say what would be done, and do nothing.")
  var dryRun = false

  @Flag(help: "Say nothing but errors.")
  var quiet = false

  @OptionGroup var form: FormOptions

  func validate() throws {
    guard !(quiet && form.json) else { throw ValidationError("--quiet and --json exclude each other") }
  }

  /// What is written to standard output.
  enum Report { case text, json, nothing }

  /// What was asked for.
  var report: Report { quiet ? .nothing : form.json ? .json : .text }
}
