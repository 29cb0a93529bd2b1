import ArgumentParser

/// Where the files of a data set are.
struct DataOptions: ParsableArguments {
  @Option(
    name: .customLong("data"), help: ArgumentHelp("The folder of the data set's files.", valueName: "folder"))
  var folder: String?

  @Flag(help: "Fetch files that are missing into that folder.")
  var download = false

  func validate() throws {
    guard !download || folder != nil else { throw ValidationError("--download needs --data, the folder to fetch into") }
  }
}
