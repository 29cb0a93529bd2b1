import ArgumentParser
import Datasets
import Foundation
import TensorCore

/// Fetches a data set's files.
struct DatasetsFetch: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch", abstract: "Fetches a data set's files, and checks those that are there.",
    discussion: """
      Every file is compared with its published size and checksum. What is there already is not fetched again; a transfer that broke \
      off goes on where it stopped.

      EXAMPLE:
        needletail datasets fetch mnist --data ~/mnist
      """)

  @OptionGroup var dataset: DatasetOption

  @Option(
    name: .customLong("data"), help: ArgumentHelp("The folder of its files.", valueName: "folder"),
    completion: .directory)
  var folder: String?

  func run() async throws {
    let name = dataset.value
    try DatasetLookup.check(name: name, place: "data set")
    guard name != ImageFolder.name else { throw UsageError("data set: the images of a folder are one's own") }
    let source = try DatasetCatalog.source(named: name)
    guard source.needsFolder else { return Console.print("\(name) is built in: there is nothing to fetch") }
    guard let folder, !folder.isEmpty else {
      throw UsageError("--data: expected a folder for the files of \(name), found none")
    }
    let url = URL(fileURLWithPath: folder, isDirectory: true)
    let missing = source.missingFiles(in: url)
    for file in source.files where !missing.contains(file) {
      try verify(file, at: "\(folder)/\(file.name)")
      Console.print("\(file.name): there already, as published")
    }
    for file in missing { Console.print("fetching \(file.name), \(Figures.megabytes(file.byteCount))") }
    try await source.fetch(into: url, with: NetworkFetcher(showsProgress: Console.isTerminal))
    Console.print("\(name) is in \(folder)")
  }

  /// The library's error names the published file; here it is one of the user's.
  private func verify(_ file: RemoteFile, at path: String) throws {
    do {
      try file.verify(path)
    } catch let error as DatasetError {
      throw FileError.malformed(file: path, expected: "\(error.expected), as published", found: error.found)
    }
  }
}
