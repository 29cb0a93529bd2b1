import Datasets
import Foundation

/// Finding and loading data sets by name.
enum DatasetLookup {
  /// The data set of that name; `place` is where the name stood, for the error.
  static func source(named name: String, place: String = "--dataset") throws -> any DatasetSource {
    guard let source = DatasetCatalog.sources.first(where: { $0.information.name == name }) else {
      throw UsageError(NearestNames.complaint(place, name, among: DatasetCatalog.names))
    }
    return source
  }
}

extension DatasetSource {
  /// Whether it is made of files, which a folder must hold.
  var needsFolder: Bool { !files.isEmpty }

  /// Checks that a folder is named if, and only if, it is needed.
  func check(folder: String?) throws {
    let name = information.name
    if needsFolder && folder == nil {
      throw UsageError("--data: \(name) expects the folder of its files, found none; --download fetches them into it")
    }
    if !needsFolder && folder != nil { throw UsageError("--data: \(name) is built in and expects no folder") }
  }

  /// The data set from its folder; missing files are fetched first if `downloading`.
  func load(folder: String?, downloading: Bool, saying say: (String) -> Void) async throws -> DatasetSplits {
    let url = folder.map { URL(fileURLWithPath: $0, isDirectory: true) }
    do {
      return try load(from: url)
    } catch let error as DatasetError where error.kind == .missing {
      guard let url, needsFolder else { throw error }
      guard downloading else { throw MissingData(error: error, source: self) }
      for file in missingFiles(in: url) { say("fetching \(file.name), \(file.byteCount / 1000) kB") }
      try await fetch(into: url, with: NetworkFetcher())
      return try load(from: url)
    }
  }
}

/// Files of a data set that are not there, with what can be done about it.
private struct MissingData: Error, CustomStringConvertible {
  let error: DatasetError
  let source: any DatasetSource

  var description: String {
    "\(error); --download fetches \(source.information.name) into that folder, or put its files there "
      + "(see \(source.information.homepage))"
  }
}
